package io.registrator.derive;

/**
 * A pattern in which {@code *} stands for any text and {@code ?} for one character. Matching costs at most the length of the
 * pattern times that of the text, whatever is written in either.
 */
record Glob(String pattern) {
    private static final int NONE = -1;

    boolean matches(String text) {
        int[] wanted = pattern.codePoints().toArray();
        int[] given = text.codePoints().toArray();
        int at = 0;
        int star = NONE;
        int resume = 0;
        int next = 0;
        while (next < given.length) {
            if (at < wanted.length && wanted[at] == '*') {
                star = at++;
                resume = next;
            } else if (at < wanted.length && (wanted[at] == '?' || wanted[at] == given[next])) {
                at++;
                next++;
            } else if (star != NONE) {
                // Only the last star has to give way: what is before it has matched already.
                at = star + 1;
                next = ++resume;
            } else {
                return false;
            }
        }
        return onlyStars(wanted, at);
    }

    private static boolean onlyStars(int[] wanted, int from) {
        for (int at = from; at < wanted.length; at++) {
            if (wanted[at] != '*') {
                return false;
            }
        }
        return true;
    }
}
