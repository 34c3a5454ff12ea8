package io.registrator.docker;

import com.github.dockerjava.api.command.HealthState;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.HostConfig;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Ints;
import io.registrator.model.ContainerHealth;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ContainerState;
import io.registrator.model.HealthReport;
import io.registrator.model.NetworkMode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An inspect's answer → a snapshot. Throws for what it cannot make sense of; its caller makes a failure of that. */
final class SnapshotMapper {
    private SnapshotMapper() {}

    static ContainerSnapshot map(InspectContainerResponse answer) {
        var config = required(answer.getConfig(), "Config");
        var state = required(answer.getState(), "State");
        var settings = Optional.ofNullable(answer.getNetworkSettings());
        return new ContainerSnapshot(
                new ContainerId(required(answer.getId(), "Id")),
                name(required(answer.getName(), "Name")),
                required(config.getImage(), "Config.Image"),
                instant(required(answer.getCreated(), "Created")),
                startedAt(state.getStartedAt()),
                state(required(state.getStatus(), "State.Status")),
                exitCode(state.getExitCodeLong()),
                health(state.getHealth()),
                StopPolicies.of(config),
                env(config),
                labels(config.getLabels()),
                PortMapper.exposed(config, settings),
                PortMapper.bindings(settings),
                networkMode(answer.getHostConfig()),
                NetworkMapper.map(settings));
    }

    private static <T> T required(@Nullable T value, String field) {
        if (value == null) {
            throw new IllegalArgumentException("an inspect without " + field);
        }
        return value;
    }

    private static String name(String value) {
        return value.startsWith("/") ? value.substring(1) : value;
    }

    private static Instant instant(String value) {
        return OffsetDateTime.parse(value).toInstant();
    }

    /** A container that has never run has the year 1. */
    private static Instant startedAt(@Nullable String value) {
        return Optional.ofNullable(value)
                .filter(text -> !text.isEmpty())
                .map(SnapshotMapper::instant)
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
    private static int exitCode(@Nullable Long value) {
        return value == null ? 0 : Ints.saturatedCast(value);
    }

    private static HealthReport health(@Nullable HealthState health) {
        return health == null ? HealthReport.NONE : new HealthReport(status(health), lastOutput(health));
    }

    private static ContainerHealth status(HealthState health) {
        return switch (Objects.requireNonNullElse(health.getStatus(), "").toLowerCase(Locale.ROOT)) {
            case "starting" -> ContainerHealth.STARTING;
            case "healthy" -> ContainerHealth.HEALTHY;
            case "unhealthy" -> ContainerHealth.UNHEALTHY;
            default -> ContainerHealth.NONE;
        };
    }

    private static String lastOutput(HealthState health) {
        return Optional.ofNullable(health.getLog())
                .filter(log -> !log.isEmpty())
                .map(log -> log.getLast().getOutput())
                .orElse("");
    }

    private static ImmutableList<String> env(ContainerConfig config) {
        return Optional.ofNullable(config.getEnv()).stream()
                .flatMap(Arrays::stream)
                .filter(Objects::nonNull)
                .collect(ImmutableList.toImmutableList());
    }

    private static ImmutableMap<String, String> labels(@Nullable Map<String, String> labels) {
        return labels == null ? ImmutableMap.of() : ImmutableMap.copyOf(labels);
    }

    private static NetworkMode networkMode(@Nullable HostConfig config) {
        return new NetworkMode(
                Optional.ofNullable(config).map(HostConfig::getNetworkMode).orElse("default"));
    }
}
