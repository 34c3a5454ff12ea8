package io.registrator.docker;

import io.registrator.model.StopPolicy;
import java.time.Duration;

/** How a container's configuration says that it is stopped. */
final class StopPolicies {
    static final String SIGNAL = "StopSignal";
    static final String TIMEOUT = "StopTimeout";

    private StopPolicies() {}

    static StopPolicy of(Fields config) {
        return new StopPolicy(
                config.text(SIGNAL).flatMap(Signals::number).orElse(StopPolicy.DEFAULT.signal()),
                config.number(TIMEOUT)
                        .map(Duration::ofSeconds)
                        .filter(grace -> !grace.isNegative())
                        .orElse(StopPolicy.DEFAULT.grace()));
    }
}
