package io.registrator.plan;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import io.registrator.model.ContainerId;
import io.registrator.model.ObservedService;
import io.registrator.model.ServiceDefinition;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The three entries in a service's metadata by which an instance knows its own services again.
 *
 * @param owner the node ID of the instance that registered it
 * @param container the container that it was registered for
 * @param hash of the full definition, checks included, because an agent does not show those
 */
public record OwnerMark(String owner, ContainerId container, String hash) {
    public static final String OWNER_KEY = "registrator-owner";
    public static final String CONTAINER_KEY = "registrator-container";
    public static final String HASH_KEY = "registrator-hash";

    /** All three. */
    public static final ImmutableSet<String> KEYS = ImmutableSet.of(OWNER_KEY, CONTAINER_KEY, HASH_KEY);

    /** The mark in a service's metadata; empty unless it is complete. */
    public static Optional<OwnerMark> in(Map<String, String> meta) {
        String owner = meta.getOrDefault(OWNER_KEY, "");
        String container = meta.getOrDefault(CONTAINER_KEY, "");
        String hash = meta.getOrDefault(HASH_KEY, "");
        return owner.isEmpty() || container.isEmpty() || hash.isEmpty()
                ? Optional.empty()
                : Optional.of(new OwnerMark(owner, new ContainerId(container), hash));
    }

    /** The container that a service was registered for; empty for no service, and for one without a mark. */
    public static Optional<ContainerId> containerOf(@Nullable ObservedService service) {
        return service == null ? Optional.empty() : in(service.meta()).map(OwnerMark::container);
    }

    /** The definition with this owner's mark in its metadata. */
    static ServiceDefinition stamp(ServiceDefinition definition, String owner) {
        OwnerMark mark = new OwnerMark(owner, definition.container().id(), DefinitionHash.of(definition));
        return definition.withMeta(ImmutableSortedMap.<String, String>naturalOrder()
                .putAll(definition.meta())
                .put(OWNER_KEY, mark.owner)
                .put(CONTAINER_KEY, mark.container.value())
                .put(HASH_KEY, mark.hash)
                .buildOrThrow());
    }
}
