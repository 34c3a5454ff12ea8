package io.registrator.it.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

/** The answers to all requests of one test. */
record LoadReport(List<Answer> answers) {
    List<Answer> failed() {
        return answers.stream().filter(Answer::failed).toList();
    }

    /** For whoever compares options. */
    void print(String stack, int secondTries) {
        System.out.printf("%s: %d second tries by the proxy; %s%n", stack, secondTries, this);
    }

    /**
     * No request failed, and not only because the proxy tried other servers: hardly any was sent to a server that was gone.
     * (Without drain it is one in ten to thirty; a machine that stalls for seconds may make some.)
     */
    void assertNoneFailed(int secondTries) {
        assertThat(failed()).as(toString()).isEmpty();
        assertThat(secondTries).as("second tries among " + this).isLessThanOrEqualTo(answers.size() / 50);
    }

    private Duration quantile(double share) {
        List<Duration> sorted = answers.stream().map(Answer::took).sorted().toList();
        return sorted.isEmpty() ? Duration.ZERO : sorted.get((int) (share * (sorted.size() - 1)));
    }

    /** Counts, times, and each failure with its moment and reason. */
    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder("%d requests, %d failed; half within %d ms, 99%% within %d ms, all within %d ms"
                        .formatted(
                                answers.size(),
                                failed().size(),
                                quantile(0.5).toMillis(),
                                quantile(0.99).toMillis(),
                                quantile(1).toMillis()));
        failed().forEach(answer -> text.append("%n  %s after %d ms: %s"
                .formatted(answer.started(), answer.took().toMillis(), answer.failure())));
        return text.toString();
    }
}
