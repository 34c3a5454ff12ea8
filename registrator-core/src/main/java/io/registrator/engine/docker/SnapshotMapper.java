package io.registrator.engine.docker;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.github.dockerjava.api.command.HealthState;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.NetworkSettings;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.common.primitives.Ints;
import io.registrator.model.ContainerHealth;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ContainerState;
import io.registrator.model.HealthReport;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An inspect's answer → a snapshot. Throws for what it cannot make sense of; its caller makes a failure of that. */
final class SnapshotMapper {
    private SnapshotMapper() {}

    /** @throws IllegalArgumentException of an answer that lacks what every container has, or says what cannot be */
    static ContainerSnapshot map(InspectContainerResponse answer) {
        ContainerConfig config = required(answer.getConfig(), "Config");
        InspectContainerResponse.ContainerState state = required(answer.getState(), "State");
        NetworkSettings network =
                Optional.ofNullable(answer.getNetworkSettings()).orElseGet(NetworkSettings::new);
        return new ContainerSnapshot(
                new ContainerId(required(answer.getId(), "Id")),
                name(required(answer.getName(), "Name")),
                ImageReference.of(
                        required(config.getImage(), "Config.Image"),
                        Objects.requireNonNullElse(answer.getImageId(), "")),
                Instant.parse(required(answer.getCreated(), "Created")),
                startedAt(state),
                state(required(state.getStatus(), "State.Status")),
                exitCode(state),
                Optional.ofNullable(state.getHealth())
                        .map(SnapshotMapper::health)
                        .orElse(HealthReport.NONE),
                StopPolicies.of(config),
                env(config),
                labels(config),
                PortMapper.exposed(config, network),
                PortMapper.bindings(network),
                NetworkMapper.mode(answer.getHostConfig(), network),
                NetworkMapper.map(network));
    }

    private static <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalArgumentException("an answer without " + name);
        }
        return value;
    }

    private static String name(String value) {
        return value.startsWith("/") ? value.substring(1) : value;
    }

    /** A container that has never run has the year 1. */
    private static Instant startedAt(InspectContainerResponse.ContainerState state) {
        return Optional.ofNullable(state.getStartedAt())
                .filter(text -> !text.isEmpty())
                .map(Instant::parse)
                .filter(moment -> moment.isAfter(Instant.EPOCH))
                .orElse(Instant.MIN);
    }

    /** Docker's words, and those that Podman has besides. */
    private static ContainerState state(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "created", "configured", "initialized" -> ContainerState.CREATED;
            case "running", "stopping" -> ContainerState.RUNNING;
            case "paused" -> ContainerState.PAUSED;
            case "restarting" -> ContainerState.RESTARTING;
            case "removing" -> ContainerState.REMOVING;
            case "exited", "stopped" -> ContainerState.EXITED;
            case "dead" -> ContainerState.DEAD;
            default -> throw new IllegalArgumentException("unknown container state " + word);
        };
    }

    /** Windows has exit codes beyond an int's. */
    private static int exitCode(InspectContainerResponse.ContainerState state) {
        Long code = state.getExitCodeLong();
        return code == null ? 0 : Ints.saturatedCast(code);
    }

    private static HealthReport health(HealthState health) {
        return new HealthReport(status(Objects.requireNonNullElse(health.getStatus(), "")), lastOutput(health));
    }

    private static ContainerHealth status(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "starting" -> ContainerHealth.STARTING;
            case "healthy" -> ContainerHealth.HEALTHY;
            case "unhealthy" -> ContainerHealth.UNHEALTHY;
            default -> ContainerHealth.NONE;
        };
    }

    private static String lastOutput(HealthState health) {
        return Optional.ofNullable(health.getLog())
                .filter(log -> !log.isEmpty())
                .map(List::getLast)
                .map(last -> last.getOutput())
                .orElse("");
    }

    private static ImmutableList<String> env(ContainerConfig config) {
        String[] env = config.getEnv();
        return env == null
                ? ImmutableList.of()
                : Stream.of(env).filter(Objects::nonNull).collect(toImmutableList());
    }

    private static ImmutableMap<String, String> labels(ContainerConfig config) {
        return Optional.ofNullable(config.getLabels())
                .map(labels -> ImmutableMap.copyOf(Maps.filterValues(labels, Objects::nonNull)))
                .orElse(ImmutableMap.of());
    }
}
