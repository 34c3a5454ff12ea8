package io.registrator.docker;

import com.github.dockerjava.api.model.ContainerConfig;
import io.registrator.model.StopPolicy;
import java.time.Duration;
import java.util.Optional;

/** How a container's configuration says that it is stopped; docker-java has no words for these two fields. */
final class StopPolicies {
    private StopPolicies() {}

    static StopPolicy of(ContainerConfig config) {
        return new StopPolicy(
                raw(config, "StopSignal", String.class).flatMap(Signals::number).orElse(StopPolicy.DEFAULT.signal()),
                raw(config, "StopTimeout", Number.class)
                        .map(seconds -> Duration.ofSeconds(seconds.longValue()))
                        .filter(grace -> !grace.isNegative())
                        .orElse(StopPolicy.DEFAULT.grace()));
    }

    private static <T> Optional<T> raw(ContainerConfig config, String field, Class<T> type) {
        return Optional.ofNullable(config.getRawValues().get(field))
                .filter(type::isInstance)
                .map(type::cast);
    }
}
