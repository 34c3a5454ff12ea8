package io.registrator.docker;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import com.google.common.primitives.Ints;
import com.google.gson.JsonElement;
import com.google.gson.stream.JsonReader;
import io.registrator.docker.EngineHttp.Reading;
import io.registrator.model.ContainerHealth;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ContainerState;
import io.registrator.model.HealthReport;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** An inspect's answer → a snapshot. Throws for what it cannot make sense of; its caller makes a failure of that. */
final class SnapshotMapper {
    /** What is read of an answer; everything else is passed over. */
    private static final ImmutableMap<String, Reading<JsonElement>> MEMBERS =
            ImmutableMap.<String, Reading<JsonElement>>builder()
                    .putAll(all("Id", "Name", "Created", "State", "Image"))
                    .put(
                            "Config",
                            only("Image", "Env", "Labels", "ExposedPorts", StopPolicies.SIGNAL, StopPolicies.TIMEOUT))
                    .put("HostConfig", only("NetworkMode"))
                    .put("NetworkSettings", only("Ports", "Networks"))
                    .buildOrThrow();

    private SnapshotMapper() {}

    static ContainerSnapshot read(JsonReader json) throws IOException {
        return map(Fields.of(EngineJson.members(json, MEMBERS), "the answer"));
    }

    private static ImmutableMap<String, Reading<JsonElement>> all(String... names) {
        return Maps.toMap(ImmutableSet.copyOf(names), name -> EngineJson::element);
    }

    private static Reading<JsonElement> only(String... names) {
        var members = all(names);
        return json -> EngineJson.members(json, members);
    }

    private static ContainerSnapshot map(Fields answer) {
        var config = answer.requiredObject("Config");
        var state = answer.requiredObject("State");
        var networkSettings = answer.objectOrEmpty("NetworkSettings");
        return new ContainerSnapshot(
                new ContainerId(answer.requiredText("Id")),
                name(answer.requiredText("Name")),
                ImageReference.of(
                        config.requiredText("Image"), answer.text("Image").orElse("")),
                Instant.parse(answer.requiredText("Created")),
                startedAt(state),
                state(state.requiredText("Status")),
                exitCode(state),
                state.object("Health").map(SnapshotMapper::health).orElse(HealthReport.NONE),
                StopPolicies.of(config),
                config.texts("Env"),
                labels(config),
                PortMapper.exposed(config, networkSettings),
                PortMapper.bindings(networkSettings),
                NetworkMapper.mode(answer.objectOrEmpty("HostConfig"), networkSettings),
                NetworkMapper.map(networkSettings));
    }

    private static String name(String value) {
        return value.startsWith("/") ? value.substring(1) : value;
    }

    /** A container that has never run has the year 1. */
    private static Instant startedAt(Fields state) {
        return state.text("StartedAt")
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
    private static int exitCode(Fields state) {
        return state.number("ExitCode").map(Ints::saturatedCast).orElse(0);
    }

    private static HealthReport health(Fields health) {
        return new HealthReport(status(health.text("Status").orElse("")), lastOutput(health));
    }

    private static ContainerHealth status(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "starting" -> ContainerHealth.STARTING;
            case "healthy" -> ContainerHealth.HEALTHY;
            case "unhealthy" -> ContainerHealth.UNHEALTHY;
            default -> ContainerHealth.NONE;
        };
    }

    private static String lastOutput(Fields health) {
        return Optional.of(health.objects("Log"))
                .filter(log -> !log.isEmpty())
                .flatMap(log -> log.getLast().text("Output"))
                .orElse("");
    }

    private static ImmutableMap<String, String> labels(Fields config) {
        var labels = ImmutableMap.<String, String>builder();
        config.objectOrEmpty("Labels").forEachText(labels::put);
        return labels.buildOrThrow();
    }
}
