package io.registrator.derive.template;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a template into tokens: text between actions, and the words of actions. */
final class Lexer {
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";
    private static final CharMatcher SPACE = CharMatcher.anyOf(" \t\r\n");

    private static final ImmutableMap<Kind, Pattern> WORDS = ImmutableMap.of(
            Kind.FIELD, Pattern.compile("\\.[\\p{L}_][\\p{L}\\p{Nd}_]*"),
            Kind.VARIABLE, Pattern.compile("\\$[\\p{L}\\p{Nd}_]*"),
            Kind.WORD, Pattern.compile("[\\p{L}_][\\p{L}\\p{Nd}_]*"),
            Kind.NUMBER, Pattern.compile("[+-]?[0-9][\\p{L}\\p{Nd}_.]*"));

    private static final ImmutableMap<String, Kind> SYMBOLS = ImmutableMap.of(
            "|", Kind.PIPE,
            "(", Kind.LEFT,
            ")", Kind.RIGHT,
            ",", Kind.COMMA,
            ":=", Kind.DECLARE,
            "=", Kind.ASSIGN,
            ".", Kind.DOT);

    private static final ImmutableMap<Character, String> ESCAPES =
            ImmutableMap.of('n', "\n", 't', "\t", 'r', "\r", '"', "\"", '\\', "\\");

    private final String text;
    private final ImmutableList.Builder<Token> tokens = ImmutableList.builder();
    private int at;

    enum Kind {
        TEXT,
        OPEN,
        CLOSE,
        FIELD,
        VARIABLE,
        WORD,
        NUMBER,
        STRING,
        PIPE,
        LEFT,
        RIGHT,
        COMMA,
        DECLARE,
        ASSIGN,
        DOT,
        END
    }

    /**
     * A word of a template.
     *
     * @param text the word as it is written; of a string what it stands for; of text between actions what is left after trimming
     * @param spaced whether there is white space before it
     */
    record Token(Kind kind, String text, int offset, boolean spaced) {
        boolean is(Kind other) {
            return kind == other;
        }

        boolean isWord(String word) {
            return kind == Kind.WORD && text.equals(word);
        }

        /** For a message. */
        @Override
        public String toString() {
            return kind == Kind.END ? "the end of the template" : "\"" + text + "\"";
        }
    }

    private Lexer(String text) {
        this.text = text;
    }

    /** @throws TemplateException where no token begins */
    static ImmutableList<Token> tokens(String text) {
        Lexer lexer = new Lexer(text);
        lexer.run();
        return lexer.tokens.build();
    }

    private void run() {
        boolean trimStart = false;
        while (true) {
            int open = text.indexOf(OPEN, at);
            boolean trimEnd = open >= 0 && isTrimMarkerAfter(open + OPEN.length());
            text(open < 0 ? text.length() : open, trimStart, trimEnd);
            if (open < 0) {
                add(Kind.END, "", text.length(), false);
                return;
            }
            at = open + OPEN.length() + (trimEnd ? 1 : 0);
            if (!comment(open)) {
                action(open);
            }
            trimStart = isTrimMarkerBefore(at - CLOSE.length());
        }
    }

    private void text(int end, boolean trimStart, boolean trimEnd) {
        String piece = text.substring(at, end);
        piece = trimStart ? SPACE.trimLeadingFrom(piece) : piece;
        piece = trimEnd ? SPACE.trimTrailingFrom(piece) : piece;
        if (!piece.isEmpty()) {
            add(Kind.TEXT, piece, at, false);
        }
    }

    /** {@code {{- } with a space after the dash. */
    private boolean isTrimMarkerAfter(int offset) {
        return offset + 1 < text.length() && text.charAt(offset) == '-' && SPACE.matches(text.charAt(offset + 1));
    }

    /** {@code  -}} } with a space before the dash. */
    private boolean isTrimMarkerBefore(int close) {
        return close >= 2 && text.charAt(close - 1) == '-' && SPACE.matches(text.charAt(close - 2));
    }

    private boolean comment(int open) {
        int start = skipSpace(at);
        if (!text.startsWith("/*", start)) {
            return false;
        }
        int end = text.indexOf("*/", start + 2);
        int close = text.indexOf(CLOSE, end);
        if (end < 0 || close < 0) {
            throw error(open, "unclosed comment");
        }
        String rest = SPACE.trimFrom(text.substring(end + 2, close));
        if (!rest.isEmpty() && !rest.equals("-")) {
            throw error(end, "a comment ends before }}");
        }
        at = close + CLOSE.length();
        return true;
    }

    private void action(int open) {
        add(Kind.OPEN, OPEN, open, false);
        while (true) {
            int word = skipSpace(at);
            boolean spaced = word > at;
            at = word;
            int close = spaced && text.startsWith("-" + CLOSE, at) ? at + 1 : at;
            if (text.startsWith(CLOSE, close)) {
                add(Kind.CLOSE, CLOSE, at, spaced);
                at = close + CLOSE.length();
                return;
            }
            if (at >= text.length()) {
                throw error(open, "unclosed action");
            }
            word(spaced);
        }
    }

    private void word(boolean spaced) {
        switch (text.charAt(at)) {
            case '"' -> quoted(spaced);
            case '`' -> raw(spaced);
            case '\'' -> throw error(at, "a character in single quotes is not supported: use double quotes");
            default -> {
                if (!matched(spaced) && !symbol(spaced)) {
                    throw error(at, "unexpected \"" + Character.toString(text.codePointAt(at)) + "\" in an action");
                }
            }
        }
    }

    private boolean matched(boolean spaced) {
        for (Map.Entry<Kind, Pattern> word : WORDS.entrySet()) {
            Matcher matcher = word.getValue().matcher(text).region(at, text.length());
            if (matcher.lookingAt()) {
                add(word.getKey(), matcher.group(), at, spaced);
                at = matcher.end();
                return true;
            }
        }
        return false;
    }

    private boolean symbol(boolean spaced) {
        for (Map.Entry<String, Kind> symbol : SYMBOLS.entrySet()) {
            if (text.startsWith(symbol.getKey(), at)) {
                add(symbol.getValue(), symbol.getKey(), at, spaced);
                at += symbol.getKey().length();
                return true;
            }
        }
        return false;
    }

    private void raw(boolean spaced) {
        int end = text.indexOf('`', at + 1);
        if (end < 0) {
            throw error(at, "unterminated raw quoted string");
        }
        add(Kind.STRING, text.substring(at + 1, end), at, spaced);
        at = end + 1;
    }

    private void quoted(boolean spaced) {
        StringBuilder string = new StringBuilder();
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != '"' && text.charAt(end) != '\n') {
            if (text.charAt(end) == '\\' && end + 1 < text.length()) {
                String escaped = ESCAPES.get(text.charAt(end + 1));
                if (escaped == null) {
                    throw error(end, "the escape \\" + text.charAt(end + 1) + " is not supported");
                }
                string.append(escaped);
                end += 2;
            } else {
                string.append(text.charAt(end));
                end++;
            }
        }
        if (end >= text.length() || text.charAt(end) != '"') {
            throw error(at, "unterminated quoted string");
        }
        add(Kind.STRING, string.toString(), at, spaced);
        at = end + 1;
    }

    private int skipSpace(int from) {
        int end = from;
        while (end < text.length() && SPACE.matches(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private void add(Kind kind, String word, int offset, boolean spaced) {
        tokens.add(new Token(kind, word, offset, spaced));
    }

    private TemplateException error(int offset, String message) {
        return new TemplateException(text, offset, message);
    }
}
