package io.registrator.derive.template;

/**
 * A word of a template.
 *
 * @param text the word as it is written; of a string what it stands for; of text between actions what is left after trimming
 * @param spaced whether there is white space before it
 */
record Token(Kind kind, String text, Position position, boolean spaced) {
    enum Kind {
        TEXT("text"),
        OPEN("{{"),
        CLOSE("}}"),
        FIELD("field"),
        DOT("."),
        VARIABLE("variable"),
        IDENTIFIER("word"),
        NUMBER("number"),
        CHARACTER("character"),
        STRING("string"),
        PIPE("|"),
        LEFT("("),
        RIGHT(")"),
        COMMA(","),
        DECLARE(":="),
        ASSIGN("="),
        END("the end of the template");

        private final String shown;

        Kind(String shown) {
            this.shown = shown;
        }

        @Override
        public String toString() {
            return shown;
        }
    }

    boolean is(Kind other) {
        return kind == other;
    }

    boolean isWord(String word) {
        return kind == Kind.IDENTIFIER && text.equals(word);
    }

    /** For a message. */
    @Override
    public String toString() {
        return switch (kind) {
            case FIELD, VARIABLE, IDENTIFIER, NUMBER, CHARACTER, STRING -> "\"" + text + "\"";
            default -> kind.toString();
        };
    }
}
