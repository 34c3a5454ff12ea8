package io.registrator.template;

/** Keeps one rendering from taking more than its share, whoever wrote the template. */
final class Limits {
    /** Much more than a service can have tags. */
    static final int MOST_OUTPUT = 65_536;

    private static final int MOST_STEPS = 1_000_000;
    private static final int DEEPEST = 100;
    private int steps;
    private int depth;

    /** One more thing is done. */
    void step() {
        if (++steps > MOST_STEPS) {
            throw new FunctionException("takes more than " + MOST_STEPS + " steps");
        }
    }

    void enter() {
        if (++depth > DEEPEST) {
            throw new FunctionException("templates call each other more than " + DEEPEST + " deep");
        }
    }

    void leave() {
        depth--;
    }

    /** A text that has been made is not too long. */
    static void check(CharSequence text) {
        if (text.length() > MOST_OUTPUT) {
            throw new FunctionException("makes a text of more than " + MOST_OUTPUT + " characters");
        }
    }
}
