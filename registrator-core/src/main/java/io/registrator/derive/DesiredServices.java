package io.registrator.derive;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.google.common.collect.Comparators;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerPort;
import io.registrator.model.ContainerRef;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ServiceId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All services that are wanted, kept up to date container by container. An ID that is claimed more than once belongs to
 * the oldest container, and in it to the lowest port; the order of the calls has no say. The cost of a change does not
 * depend on how many services there are. Not thread-safe.
 */
public final class DesiredServices {
    private final Map<ServiceId, TreeMap<Claim, DerivedService>> claims = new HashMap<>();
    private final Map<ContainerId, ImmutableSet<Claim>> byContainer = new HashMap<>();
    private final Set<ServiceId> contested = new TreeSet<>();

    /**
     * Puts what a container now gives in the place of what it gave before.
     *
     * @return the IDs whose definition, or whose having one, has changed
     */
    public ImmutableSet<ServiceId> put(ContainerSnapshot container, ImmutableList<DerivedService> services) {
        return replace(container.id(), claims(container, services));
    }

    /** Forgets a container. Returns the IDs whose definition, or whose having one, has changed. */
    public ImmutableSet<ServiceId> remove(ContainerId container) {
        return replace(container, Map.of());
    }

    /** What is to be registered under this ID. */
    public Optional<DerivedService> get(ServiceId id) {
        return Optional.ofNullable(claims.get(id))
                .map(claimed -> claimed.firstEntry().getValue());
    }

    /** The IDs that this container claims. */
    public ImmutableSet<ServiceId> claimedBy(ContainerId container) {
        return byContainer.getOrDefault(container, ImmutableSet.of()).stream()
                .map(Claim::id)
                .collect(toImmutableSet());
    }

    /** All IDs that are to be registered. */
    public ImmutableSet<ServiceId> ids() {
        return ImmutableSet.copyOf(claims.keySet());
    }

    /** The IDs that are claimed more than once, in order. */
    public ImmutableList<IdConflict> conflicts() {
        return contested.stream().map(this::conflict).collect(toImmutableList());
    }

    /** The conflict over this ID, if there is one. */
    public Optional<IdConflict> conflictOf(ServiceId id) {
        return contested.contains(id) ? Optional.of(conflict(id)) : Optional.empty();
    }

    private ImmutableSet<ServiceId> replace(ContainerId container, Map<Claim, DerivedService> wanted) {
        ImmutableSet<Claim> old = byContainer.getOrDefault(container, ImmutableSet.of());
        ImmutableSet<ServiceId> touched = Stream.concat(old.stream(), wanted.keySet().stream())
                .map(Claim::id)
                .collect(toImmutableSet());
        ImmutableMap<ServiceId, Optional<DerivedService>> before = Maps.toMap(touched, this::get);
        old.forEach(this::withdraw);
        wanted.forEach((claim, service) ->
                claims.computeIfAbsent(claim.id(), id -> new TreeMap<>()).put(claim, service));
        remember(container, ImmutableSet.copyOf(wanted.keySet()));
        touched.forEach(this::noteContest);
        return touched.stream().filter(id -> !get(id).equals(before.get(id))).collect(toImmutableSet());
    }

    private void withdraw(Claim claim) {
        claims.computeIfPresent(claim.id(), (id, claimed) -> {
            claimed.remove(claim);
            return claimed.isEmpty() ? null : claimed;
        });
    }

    private void remember(ContainerId container, ImmutableSet<Claim> wanted) {
        if (wanted.isEmpty()) {
            byContainer.remove(container);
        } else {
            byContainer.put(container, wanted);
        }
    }

    private void noteContest(ServiceId id) {
        TreeMap<Claim, DerivedService> claimed = claims.get(id);
        if (claimed != null && claimed.size() > 1) {
            contested.add(id);
        } else {
            contested.remove(id);
        }
    }

    private IdConflict conflict(ServiceId id) {
        ImmutableList<IdClaim> claimed = Objects.requireNonNull(claims.get(id)).keySet().stream()
                .map(Claim::told)
                .collect(toImmutableList());
        return new IdConflict(id, claimed.getFirst(), claimed.subList(1, claimed.size()));
    }

    private static Map<Claim, DerivedService> claims(
            ContainerSnapshot container, ImmutableList<DerivedService> services) {
        Map<Claim, DerivedService> claims = new LinkedHashMap<>();
        for (DerivedService service : services) {
            ServiceId id = service.definition().id();
            claims.put(new Claim(id, container.created(), container.ref(), service.port()), service);
        }
        return claims;
    }

    /** Ordered by right of way among the claims of one ID. */
    private record Claim(
            ServiceId id,
            Instant created,
            ContainerRef container,
            @Nullable ContainerPort port) implements Comparable<Claim> {
        private static final Comparator<Claim> RIGHT_OF_WAY = Comparator.comparing(Claim::created)
                .thenComparing(claim -> claim.container().id())
                .thenComparing(Claim::portIfAny, Comparators.emptiesFirst(Comparator.naturalOrder()));

        private IdClaim told() {
            return new IdClaim(container, port);
        }

        private Optional<ContainerPort> portIfAny() {
            return Optional.ofNullable(port);
        }

        @Override
        public int compareTo(Claim other) {
            return RIGHT_OF_WAY.compare(this, other);
        }
    }
}
