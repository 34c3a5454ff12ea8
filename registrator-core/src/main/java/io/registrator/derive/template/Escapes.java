package io.registrator.derive.template;

/** What {@code html} and {@code js} make safe. */
final class Escapes {
    private Escapes() {}

    static String html(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(character -> {
            switch (character) {
                case '"' -> escaped.append("&#34;");
                case '\'' -> escaped.append("&#39;");
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case 0 -> escaped.append('\ufffd');
                default -> escaped.append((char) character);
            }
        });
        return escaped.toString();
    }

    static String js(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(character -> {
            switch (character) {
                case '\\' -> escaped.append("\\\\");
                case '\'' -> escaped.append("\\'");
                case '"' -> escaped.append("\\\"");
                case '<', '>', '&', '=' -> escaped.append("\\u00%02X".formatted(character));
                default -> {
                    if (character == ' ' || Quoted.isPrintable(character)) {
                        escaped.appendCodePoint(character);
                    } else {
                        escaped.append("\\u%04X".formatted(character));
                    }
                }
            }
        });
        return escaped.toString();
    }
}
