package io.registrator.it.soak;

import static com.google.common.collect.ImmutableSortedSet.toImmutableSortedSet;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** What an agent has of its services, the foreign ones apart. */
final class AgentView {
    private static final String MAINTENANCE = "_service_maintenance:";

    private final Consul agent;
    private final ImmutableSet<String> foreign;

    AgentView(Consul agent, ImmutableSet<String> foreign) {
        this.agent = agent;
        this.foreign = foreign;
    }

    ImmutableSortedMap<String, Seen> services() throws IOException, InterruptedException {
        JsonObject services = agent.get("/v1/agent/services");
        JsonObject checks = agent.get("/v1/agent/checks");
        ImmutableSortedMap.Builder<String, Seen> seen = ImmutableSortedMap.naturalOrder();
        services.entrySet().stream()
                .filter(entry -> !foreign.contains(entry.getKey()))
                .forEach(entry -> seen.put(
                        entry.getKey(), seen(entry.getKey(), entry.getValue().getAsJsonObject(), checks)));
        return seen.buildOrThrow();
    }

    /** How many there are, foreign ones included. */
    int all() throws IOException, InterruptedException {
        return agent.get("/v1/agent/services").size();
    }

    private static Seen seen(String id, JsonObject service, JsonObject checks) {
        return new Seen(
                service.get("Service").getAsString(),
                address(service),
                service.getAsJsonArray("Tags").asList().stream()
                        .map(JsonElement::getAsString)
                        .collect(toImmutableSortedSet(Comparator.naturalOrder())),
                checks.has(MAINTENANCE + id),
                statuses(id, checks));
    }

    /** As the catalog and the agent both spell it. */
    static String address(JsonObject service) {
        return service.get("Address").getAsString() + ":" + service.get("Port").getAsInt();
    }

    private static ImmutableSortedSet<String> statuses(String id, JsonObject checks) {
        return checksOf(id, checks)
                .map(check -> check.get("Status").getAsString())
                .collect(toImmutableSortedSet(Comparator.naturalOrder()));
    }

    private static Stream<JsonObject> checksOf(String id, JsonObject checks) {
        return checks.entrySet().stream()
                .filter(entry -> !entry.getKey().startsWith(MAINTENANCE))
                .map(Map.Entry::getValue)
                .map(JsonElement::getAsJsonObject)
                .filter(check -> check.get("ServiceID").getAsString().equals(id));
    }
}
