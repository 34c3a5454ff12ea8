package io.registrator.registry.consul;

import com.google.common.collect.ImmutableMap;
import io.registrator.model.Secret;
import io.registrator.model.ServiceId;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.core5.http.HttpStatus;

/**
 * The agent's services as our own token shows them, and those that it does not show: of services with a token of their own
 * each is asked for with that, or a listing would say for ever that they are missing.
 *
 * @param maintenance why services are out of service, by their IDs
 */
record VisibleServices(ImmutableMap<String, AgentService> services, ImmutableMap<String, String> maintenance) {
    static VisibleServices of(AgentApi api, Map<ServiceId, Secret> tokens) throws IOException {
        ImmutableMap<String, AgentService> shown = api.services();
        Map<String, AgentService> services = new LinkedHashMap<>(shown);
        Map<String, String> maintenance = new LinkedHashMap<>(api.maintenance());
        for (Map.Entry<ServiceId, Secret> entry : tokens.entrySet()) {
            String id = entry.getKey().value();
            AgentApi authorized = api.as(entry.getValue());
            Optional<AgentService> hidden =
                    shown.containsKey(id) ? Optional.empty() : unlessForbidden(authorized, entry.getKey());
            if (hidden.isPresent()) {
                services.put(id, hidden.get());
                Optional.ofNullable(authorized.maintenance().get(id)).ifPresent(reason -> maintenance.put(id, reason));
            }
        }
        return new VisibleServices(ImmutableMap.copyOf(services), ImmutableMap.copyOf(maintenance));
    }

    private static Optional<AgentService> unlessForbidden(AgentApi authorized, ServiceId id) throws IOException {
        try {
            return authorized.service(id);
        } catch (RefusedException refused) {
            if (refused.status() != HttpStatus.SC_FORBIDDEN) {
                throw refused;
            }
            return Optional.empty();
        }
    }
}
