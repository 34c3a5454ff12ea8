package io.registrator.derive;

import com.google.common.primitives.Ints;

/**
 * How many slips of the keyboard lie between two words: a letter too many, missing, wrong, or two swapped (the optimal
 * string alignment distance of Damerau and Levenshtein).
 */
public final class EditDistance {
    /** Nothing that we know is as long; keeps the cost bounded for what anybody may write in a label. */
    private static final int LONGEST = 64;

    private EditDistance() {}

    /** {@link Integer#MAX_VALUE} for words that are far apart at first sight. */
    public static int between(String left, String right) {
        if (Math.abs(left.length() - right.length()) > 2 || left.length() > LONGEST) {
            return Integer.MAX_VALUE;
        }
        int[][] distance = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                distance[i][j] = i == 0 || j == 0 ? i + j : step(distance, left, right, i, j);
            }
        }
        return distance[left.length()][right.length()];
    }

    private static int step(int[][] distance, String left, String right, int i, int j) {
        int changed = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        int best = Ints.min(distance[i - 1][j] + 1, distance[i][j - 1] + 1, distance[i - 1][j - 1] + changed);
        return isSwap(left, right, i, j) ? Math.min(best, distance[i - 2][j - 2] + 1) : best;
    }

    private static boolean isSwap(String left, String right, int i, int j) {
        return i > 1 && j > 1 && left.charAt(i - 1) == right.charAt(j - 2) && left.charAt(i - 2) == right.charAt(j - 1);
    }
}
