package io.registrator.ops.observe;

import static com.google.common.collect.ImmutableMap.toImmutableMap;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import io.registrator.model.ContainerId;
import java.time.Instant;
import java.util.Arrays;

/**
 * All that is to be seen at one moment.
 *
 * @param version grows with every change
 * @param containers ordered by name
 * @param journal the newest last
 */
public record BoardSnapshot(
        long version,
        Instant started,
        PeerStatus engine,
        PeerStatus registry,
        PassStatus passes,
        ImmutableMap<ContainerId, ContainerStatus> containers,
        ImmutableList<JournalEntry> journal) {

    /** How many services are in each state, none left out. */
    public ImmutableMap<ServiceState, Long> servicesByState() {
        return Arrays.stream(ServiceState.values()).collect(toImmutableMap(state -> state, this::count));
    }

    private long count(ServiceState state) {
        return containers.values().stream()
                .flatMap(container -> container.services().stream())
                .filter(service -> service.state() == state)
                .count();
    }

    /** How many ports are left out for each reason; reasons without any are left out. */
    public ImmutableSortedMap<String, Long> leftOutByReason() {
        ImmutableSortedMap.Builder<String, Long> counts = ImmutableSortedMap.naturalOrder();
        for (var reason : io.registrator.derive.LeftOut.Reason.values()) {
            long count = containers.values().stream()
                    .flatMap(container -> container.leftOut().stream())
                    .filter(port -> port.reason() == reason)
                    .count();
            if (count > 0) {
                counts.put(DisplayText.of(reason), count);
            }
        }
        return counts.buildOrThrow();
    }
}
