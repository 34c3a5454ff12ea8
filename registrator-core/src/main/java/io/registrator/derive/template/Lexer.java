package io.registrator.derive.template;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import io.registrator.derive.template.Token.Kind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a template into tokens: text between actions, and the words of actions. */
final class Lexer {
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";
    private static final CharMatcher SPACE = CharMatcher.anyOf(" \t\r\n");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/(?:[ \\t\\r\\n]+-)?}}", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{Nd}_]*");
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:[\\p{L}\\p{Nd}_]+)?");
    private static final Pattern FIELD = Pattern.compile("\\.[\\p{L}_][\\p{L}\\p{Nd}_]*");
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:0[xX][0-9a-fA-F_]+(?:\\.[0-9a-fA-F_]*)?(?:[pP][+-]?[0-9]+)?"
                    + "|0[bBoO][0-9_]+"
                    + "|[0-9][0-9_]*(?:\\.[0-9_]*)?(?:[eE][+-]?[0-9_]+)?"
                    + "|\\.[0-9][0-9_]*(?:[eE][+-]?[0-9_]+)?)");

    private final String text;
    private final ImmutableList.Builder<Token> tokens = ImmutableList.builder();
    private final Positions positions;
    private int at;
    private int actionStart;

    private Lexer(String text) {
        this.text = text;
        this.positions = new Positions(text);
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
            int end = open < 0 ? text.length() : open;
            boolean trimEnd = open >= 0 && isTrimMarkerAfter(open + OPEN.length());
            text(end, trimStart, trimEnd);
            if (open < 0) {
                add(Kind.END, "", end, false);
                return;
            }
            actionStart = open;
            at = open + OPEN.length() + (trimEnd ? 1 : 0);
            if (!comment(trimEnd)) {
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

    private boolean comment(boolean trimmed) {
        int start = trimmed ? skipSpace(at) : at;
        if (!text.startsWith("/*", start)) {
            return false;
        }
        Matcher comment = COMMENT.matcher(text).region(start, text.length());
        if (!comment.lookingAt()) {
            throw error(start, text.indexOf("*/", start) < 0 ? "unclosed comment" : "a comment ends before }}");
        }
        at = comment.end();
        return true;
    }

    private void action(int open) {
        add(Kind.OPEN, OPEN, open, false);
        while (true) {
            int word = skipSpace(at);
            boolean spaced = word > at;
            at = word;
            int close = closeAt(spaced);
            if (close >= 0) {
                add(Kind.CLOSE, CLOSE, at, spaced);
                at = close + CLOSE.length();
                return;
            }
            if (at >= text.length()) {
                throw error(actionStart, "unclosed action");
            }
            word(spaced);
        }
    }

    /** Where the closing braces are, if they are next; else -1. */
    private int closeAt(boolean spaced) {
        if (text.startsWith(CLOSE, at)) {
            return at;
        }
        return spaced && text.startsWith("-" + CLOSE, at) ? at + 1 : -1;
    }

    private void word(boolean spaced) {
        char first = text.charAt(at);
        switch (first) {
            case '"' -> quoted(Kind.STRING, spaced);
            case '\'' -> quoted(Kind.CHARACTER, spaced);
            case '`' -> raw(spaced);
            case '|' -> symbol(Kind.PIPE, spaced);
            case '(' -> symbol(Kind.LEFT, spaced);
            case ')' -> symbol(Kind.RIGHT, spaced);
            case ',' -> symbol(Kind.COMMA, spaced);
            case '=' -> symbol(Kind.ASSIGN, spaced);
            case ':' -> declare(spaced);
            default -> longer(first, spaced);
        }
    }

    private void longer(char first, boolean spaced) {
        if (take(FIELD, Kind.FIELD, spaced)
                || take(VARIABLE, Kind.VARIABLE, spaced)
                || take(WORD, Kind.IDENTIFIER, spaced)) {
            return;
        }
        int start = at;
        if (take(NUMBER, Kind.NUMBER, spaced)) {
            if (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
                throw error(start, "bad number syntax: \"" + text.substring(start, at + 1) + "\"");
            }
        } else if (first == '.') {
            symbol(Kind.DOT, spaced);
        } else {
            throw error(at, "unexpected \"" + Character.toString(text.codePointAt(at)) + "\" in an action");
        }
    }

    private boolean take(Pattern pattern, Kind kind, boolean spaced) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return false;
        }
        add(kind, matcher.group(), at, spaced);
        at = matcher.end();
        return true;
    }

    private void symbol(Kind kind, boolean spaced) {
        add(kind, kind.toString(), at, spaced);
        at++;
    }

    private void declare(boolean spaced) {
        if (!text.startsWith(":=", at)) {
            throw error(at, "expected :=");
        }
        add(Kind.DECLARE, ":=", at, spaced);
        at += 2;
    }

    private void raw(boolean spaced) {
        int end = text.indexOf('`', at + 1);
        if (end < 0) {
            throw error(at, "unterminated raw quoted string");
        }
        add(Kind.STRING, text.substring(at + 1, end).replace("\r", ""), at, spaced);
        at = end + 1;
    }

    private void quoted(Kind kind, boolean spaced) {
        char quote = text.charAt(at);
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != quote && text.charAt(end) != '\n') {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= text.length() || text.charAt(end) != quote) {
            throw error(at, kind == Kind.STRING ? "unterminated quoted string" : "unterminated character constant");
        }
        try {
            add(kind, Quoted.unescape(text.substring(at + 1, end), quote), at, spaced);
        } catch (FunctionException bad) {
            throw error(at, String.valueOf(bad.getMessage()));
        }
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
        tokens.add(new Token(kind, word, positions.at(offset), spaced));
    }

    private TemplateException error(int offset, String message) {
        return new TemplateException(positions.at(offset), message);
    }
}
