package io.registrator.registry.consul;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.gson.annotations.SerializedName;
import io.registrator.model.ServiceId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code /v1/catalog/node-services/NODE}.
 *
 * @param services null when the token may not read the node
 */
record CatalogNode(@SerializedName("Services") @Nullable List<AgentService> services) {

    /** Empty when the catalog does not have the service. */
    Optional<ImmutableList<String>> tagsOf(ServiceId id) {
        return Optional.ofNullable(services).orElse(List.of()).stream()
                .filter(service -> id.value().equals(service.getId()))
                .findFirst()
                .map(service -> ImmutableList.copyOf(Objects.requireNonNullElse(service.getTags(), List.of())));
    }

    ImmutableSet<String> serviceIds() {
        return services == null
                ? ImmutableSet.of()
                : services.stream().map(AgentService::getId).collect(ImmutableSet.toImmutableSet());
    }
}
