package io.registrator.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that the program needs to know of one container, as one inspect showed it.
 *
 * @param name without the leading slash
 * @param image the reference that the container was made from ({@code Config.Image}); where that is the image's ID, a
 *     name that the image has, or {@code sha256:} and the whole ID where nobody knows one
 * @param created when the engine made it; decides between claims to one service ID
 * @param startedAt when its last run began; {@link Instant#MIN} before the first
 * @param exitCode of its last run; means something only in the state {@code EXITED}
 * @param stop how the engine asks it to stop
 * @param env lines as the engine has them, normally {@code KEY=value}
 * @param exposedPorts {@code Config.ExposedPorts} and the keys of {@code NetworkSettings.Ports}
 * @param bindings the exposed ports that have host bindings, each with at least one
 * @param networks by network name
 * @param document the whole answer; null unless a template may need it
 */
public record ContainerSnapshot(
        ContainerId id,
        String name,
        String image,
        Instant created,
        Instant startedAt,
        ContainerState state,
        int exitCode,
        HealthReport health,
        StopPolicy stop,
        ImmutableList<String> env,
        ImmutableMap<String, String> labels,
        ImmutableSortedSet<ContainerPort> exposedPorts,
        ImmutableSortedMap<ContainerPort, ImmutableList<PortBinding>> bindings,
        NetworkMode networkMode,
        ImmutableSortedMap<String, NetworkEndpoint> networks,
        @Nullable InspectDocument document) {

    /** Without the whole answer, which few need. */
    public ContainerSnapshot(
            ContainerId id,
            String name,
            String image,
            Instant created,
            Instant startedAt,
            ContainerState state,
            int exitCode,
            HealthReport health,
            StopPolicy stop,
            ImmutableList<String> env,
            ImmutableMap<String, String> labels,
            ImmutableSortedSet<ContainerPort> exposedPorts,
            ImmutableSortedMap<ContainerPort, ImmutableList<PortBinding>> bindings,
            NetworkMode networkMode,
            ImmutableSortedMap<String, NetworkEndpoint> networks) {
        this(
                id,
                name,
                image,
                created,
                startedAt,
                state,
                exitCode,
                health,
                stop,
                env,
                labels,
                exposedPorts,
                bindings,
                networkMode,
                networks,
                null);
    }

    /** The same with the whole answer. */
    public ContainerSnapshot withDocument(@Nullable InspectDocument whole) {
        return with(image, state, exitCode, health, whole);
    }

    /** The same with another reference to its image. */
    public ContainerSnapshot withImage(String reference) {
        return with(reference, state, exitCode, health, document);
    }

    /** Without what a listing of the engine shows nothing of and no event tells: the last words of a HEALTHCHECK, and its log. */
    public ContainerSnapshot asListed() {
        return with(image, state, exitCode, new HealthReport(health.health(), ""), null);
    }

    /** The same after the end of its run. */
    public ContainerSnapshot ended(int newExitCode) {
        return with(image, ContainerState.EXITED, newExitCode, health, document);
    }

    private ContainerSnapshot with(
            String newImage,
            ContainerState newState,
            int newExitCode,
            HealthReport newHealth,
            @Nullable InspectDocument newDocument) {
        return new ContainerSnapshot(
                id,
                name,
                newImage,
                created,
                startedAt,
                newState,
                newExitCode,
                newHealth,
                stop,
                env,
                labels,
                exposedPorts,
                bindings,
                networkMode,
                networks,
                newDocument);
    }

    /** Name and short ID, as messages show a container. */
    public ContainerRef ref() {
        return new ContainerRef(id, name);
    }
}
