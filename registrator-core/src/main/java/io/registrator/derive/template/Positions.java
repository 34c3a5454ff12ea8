package io.registrator.derive.template;

/** Finds lines and columns; quick where each place asked for is beyond the one before. */
final class Positions {
    private final String text;
    private int line = 1;
    private int lineStart;
    private int seen;

    Positions(String text) {
        this.text = text;
    }

    Position at(int offset) {
        if (offset < lineStart) {
            line = 1;
            lineStart = 0;
            seen = 0;
        }
        for (; seen < offset; seen++) {
            if (text.charAt(seen) == '\n') {
                line++;
                lineStart = seen + 1;
            }
        }
        return new Position(line, offset - lineStart + 1);
    }
}
