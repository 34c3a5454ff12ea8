package io.registrator.docker;

import io.registrator.model.StopPolicy;
import java.time.Duration;

/** How a container's configuration says that it is stopped. */
final class StopPolicies {
    static final String SIGNAL = "StopSignal";
    static final String TIMEOUT = "StopTimeout";

    /** More is for ever: nobody waits for it, and moments that late cannot be told. */
    private static final long LONGEST_SECONDS = Duration.ofDays(3650).toSeconds();

    private StopPolicies() {}

    static StopPolicy of(Fields config) {
        return new StopPolicy(
                config.text(SIGNAL).flatMap(Signals::number).orElse(StopPolicy.DEFAULT.signal()),
                config.number(TIMEOUT)
                        .filter(seconds -> seconds >= 0)
                        .map(seconds -> Duration.ofSeconds(Math.min(seconds, LONGEST_SECONDS)))
                        .orElse(StopPolicy.DEFAULT.grace()));
    }
}
