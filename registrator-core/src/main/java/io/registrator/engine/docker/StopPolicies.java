package io.registrator.engine.docker;

import com.github.dockerjava.api.model.ContainerConfig;
import io.registrator.model.StopPolicy;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a container's configuration says that it is stopped, in fields that docker-java's type does not have. */
final class StopPolicies {
    static final String SIGNAL = "StopSignal";
    static final String TIMEOUT = "StopTimeout";

    /** More is for ever: nobody waits for it, and moments that late cannot be told. */
    private static final long LONGEST_SECONDS = Duration.ofDays(3650).toSeconds();

    private StopPolicies() {}

    static StopPolicy of(ContainerConfig config) {
        return new StopPolicy(
                raw(config, SIGNAL).flatMap(Signals::number).orElse(StopPolicy.DEFAULT.signal()),
                raw(config, TIMEOUT)
                        .map(Long::valueOf)
                        .filter(seconds -> seconds >= 0)
                        .map(seconds -> Duration.ofSeconds(Math.min(seconds, LONGEST_SECONDS)))
                        .orElse(StopPolicy.DEFAULT.grace()));
    }

    private static Optional<String> raw(ContainerConfig config, String name) {
        @Nullable Object value = config.getRawValues().get(name);
        return Optional.ofNullable(value).map(Object::toString);
    }
}
