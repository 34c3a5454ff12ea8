package io.registrator.consul;

import com.google.common.collect.ImmutableSet;
import com.google.gson.annotations.SerializedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code /v1/catalog/node-services/NODE}.
 *
 * @param services null when the token may not read the node
 */
record CatalogNode(@SerializedName("Services") @Nullable List<AgentService> services) {

    ImmutableSet<String> serviceIds() {
        return services == null
                ? ImmutableSet.of()
                : services.stream().map(AgentService::getId).collect(ImmutableSet.toImmutableSet());
    }
}
