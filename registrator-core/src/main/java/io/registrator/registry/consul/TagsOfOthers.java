package io.registrator.registry.consul;

import com.google.common.collect.ImmutableList;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.hc.core5.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the tags of services whose tags belong to others. Those change them in the catalog; the agent takes that over within
 * a minute or so, and would overwrite it with what a registration says before that.
 */
final class TagsOfOthers {
    private final AgentApi api;

    TagsOfOthers(AgentApi api) {
        this.api = api;
    }

    /**
     * The service with the tags that it has now, if others may change them; else as it is.
     *
     * @param before the service that the agent has; null for none
     */
    ServiceDefinition keptIn(ServiceDefinition service, @Nullable AgentService before) throws IOException {
        if (!service.enableTagOverride() || before == null || !Boolean.TRUE.equals(before.getEnableTagOverride())) {
            return service;
        }
        ImmutableList<String> byAgent = ImmutableList.copyOf(Objects.requireNonNullElse(before.getTags(), List.of()));
        return service.withTags(inCatalog(service.id()).orElse(byAgent));
    }

    private Optional<ImmutableList<String>> inCatalog(ServiceId id) throws IOException {
        try {
            return api.catalogTags(api.self().nodeName(), id);
        } catch (RefusedException refused) {
            if (refused.status() != HttpStatus.SC_FORBIDDEN) {
                throw refused;
            }
            return Optional.empty();
        }
    }
}
