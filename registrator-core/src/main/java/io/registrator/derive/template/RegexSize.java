package io.registrator.derive.template;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many instructions a regular expression compiles to, at most: found without compiling it, because counted repetitions
 * multiply when they are nested, so that {@code ((a{1000}){1000}){1000}} would take all the memory that there is.
 */
final class RegexSize {
    private static final long MOST = Integer.MAX_VALUE;
    /** What any expression has, and what an atom can become: an instruction, and one for an operator. */
    private static final int FRAME = 4;

    private static final int ATOM = 2;

    private static final Pattern FLAGS = Pattern.compile("\\?[a-zA-Z-]*\\)");

    private final String regex;
    private final Deque<Long> outer = new ArrayDeque<>();
    /** Of the group that is open, without its last atom. */
    private long before;

    private long last;
    private int at;

    private RegexSize(String regex) {
        this.regex = regex;
    }

    static long of(String regex) {
        return new RegexSize(regex).size();
    }

    private long size() {
        while (at < regex.length()) {
            take(regex.charAt(at++));
        }
        while (!outer.isEmpty()) {
            close();
        }
        return Math.min(MOST, before + last + FRAME);
    }

    private void take(char character) {
        switch (character) {
            case '\\' -> escape();
            case '[' -> {
                skipClass();
                atom();
            }
            case '(' -> open();
            case ')' -> close();
            case '{' -> repeat();
            default -> atom();
        }
    }

    private void atom() {
        before = Math.min(MOST, before + last);
        last = ATOM;
    }

    /** A group of flags alone, {@code (?i)}, is nothing to repeat: what is before it is. */
    private void open() {
        Matcher flags = FLAGS.matcher(regex).region(at, regex.length());
        if (flags.lookingAt()) {
            at = flags.end();
            return;
        }
        outer.push(Math.min(MOST, before + last));
        before = FRAME;
        last = 0;
    }

    private void close() {
        long group = Math.min(MOST, before + last);
        before = outer.isEmpty() ? 0 : outer.pop();
        last = group;
    }

    /** {@code \Q…\E} is text as it stands; names in braces belong to the escape. */
    private void escape() {
        char escaped = at < regex.length() ? regex.charAt(at++) : '\\';
        if (escaped == 'Q') {
            int end = regex.indexOf("\\E", at);
            int stop = end < 0 ? regex.length() : end;
            for (; at < stop; at++) {
                atom();
            }
            at = end < 0 ? stop : end + 2;
            return;
        }
        atom();
        if ("pPx".indexOf(escaped) >= 0) {
            skipBraces();
        }
    }

    private void skipBraces() {
        int close = at < regex.length() && regex.charAt(at) == '{' ? regex.indexOf('}', at) : -1;
        at = close < 0 ? at : close + 1;
    }

    /** From behind its bracket to behind the one that closes it. */
    private void skipClass() {
        at += at < regex.length() && regex.charAt(at) == '^' ? 1 : 0;
        int start = at;
        while (at < regex.length() && (regex.charAt(at) != ']' || at == start)) {
            if (regex.charAt(at) == '\\') {
                skipEscapeInClass();
            } else if (regex.startsWith("[:", at) && regex.indexOf(":]", at) > 0) {
                at = regex.indexOf(":]", at) + 2;
            } else {
                at++;
            }
        }
        at++;
    }

    private void skipEscapeInClass() {
        boolean named = at + 1 < regex.length() && "pPx".indexOf(regex.charAt(at + 1)) >= 0;
        at = Math.min(regex.length(), at + 2);
        if (named) {
            skipBraces();
        }
    }

    /** {@code {3}}, {@code {3,}} or {@code {3,5}}; anything else is text. */
    private void repeat() {
        int close = regex.indexOf('}', at);
        long times = close < 0 ? -1 : times(regex.substring(at, close));
        if (times < 0) {
            atom();
            return;
        }
        at = close + 1;
        last = Math.min(MOST, (last + 1) * times);
    }

    private static long times(String range) {
        long most = -1;
        long number = -1;
        for (int i = 0; i < range.length(); i++) {
            char c = range.charAt(i);
            if (c >= '0' && c <= '9') {
                number = Math.min(MOST / 8, Math.max(0, number) * 10 + (c - '0'));
            } else if (c == ',' && most < 0 && number >= 0) {
                most = number + 1;
                number = -1;
            } else {
                return -1;
            }
        }
        return Math.max(1, Math.max(most, number));
    }
}
