package io.registrator.docker;

import io.registrator.model.StopPolicy;
import java.time.Duration;

/** How a container's configuration says that it is stopped. */
final class StopPolicies {
    private StopPolicies() {}

    static StopPolicy of(Fields config) {
        return new StopPolicy(
                config.text("StopSignal").flatMap(Signals::number).orElse(StopPolicy.DEFAULT.signal()),
                config.number("StopTimeout")
                        .map(Duration::ofSeconds)
                        .filter(grace -> !grace.isNegative())
                        .orElse(StopPolicy.DEFAULT.grace()));
    }
}
