package io.registrator.ops.explain;

/**
 * The cause in one line, and what to do about it in the next.
 *
 * @param verdict how things stand
 * @param cause one line for people, that begins with the name of the thing explained
 * @param advice one line; empty where there is nothing to do
 */
public record Headline(Verdict verdict, String cause, String advice) {

    /** How things stand. */
    public enum Verdict {
        /** Registered as it should be, and well. */
        REGISTERED,
        /** Registered, but not as its owner may think, or not well. */
        DOUBTFUL,
        /** Not registered. */
        NOT_REGISTERED
    }
}
