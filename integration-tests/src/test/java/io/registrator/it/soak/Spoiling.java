package io.registrator.it.soak;

/** What becomes of requests on their way. */
enum Spoiling {
    NONE,
    /** Each piece of an answer comes late. */
    SLOW,
    /** Connections are reset after the request has got through. */
    RESET,
    /** Answers end in the middle. */
    TRUNCATED,
    ANSWER_500("500 Internal Server Error"),
    ANSWER_429("429 Too Many Requests"),
    ANSWER_403("403 Forbidden");

    private final String answer;

    Spoiling(String... answer) {
        this.answer = String.join("", answer);
    }

    /** The status line's end that is answered in the agent's place; empty for none. */
    String answer() {
        return answer;
    }
}
