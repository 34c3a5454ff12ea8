package io.registrator.it.soak;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Follows the catalog of a cluster: every write to a watched service shows as another index, and every deregistration as
 * a service that is gone. While an agent that lost its data has not compared itself with the catalog, it may remove from
 * there what it does not know any more, at a time of its own; until then only services of other nodes are watched.
 */
final class CatalogWatch implements AutoCloseable {
    private final Watched services;
    private final Watched health;
    private final Watched elsewhere;
    private final Canary canary;
    private final BlockingWatch ofServices;
    private final BlockingWatch ofHealth;
    private final BlockingWatch ofElsewhere;

    CatalogWatch(Consul witness, Canary canary, Watched services, Watched health, Watched elsewhere) {
        this.services = services;
        this.health = health;
        this.elsewhere = elsewhere;
        this.canary = canary;
        String node = ConsulCluster.AGENT_NODE;
        ofServices = new BlockingWatch(witness, "/v1/catalog/node/" + node, this::sawServices);
        ofHealth = new BlockingWatch(
                witness,
                "/v1/health/node/" + node,
                checks -> saw(health, statuses(checks), sight -> canary.hasSettled() && services.expected() != null));
        ofElsewhere = new BlockingWatch(
                witness,
                "/v1/catalog/node/" + ConsulCluster.SERVER_NODE + "0",
                body -> saw(elsewhere, services(body), sight -> true));
    }

    /** Until the catalog is the agent's again. */
    void suspend() {
        services.suspend();
        health.suspend();
    }

    /** Whether all is watched at this moment. */
    boolean isWatching() {
        return services.expected() != null && health.expected() != null && elsewhere.expected() != null;
    }

    private void sawServices(JsonElement body) {
        Map<String, String> sight = services(body);
        canary.saw(sight.containsKey(Canary.ID));
        saw(services, sight, seen -> canary.hasSettled());
    }

    private static void saw(Watched watched, Map<String, String> sight, Predicate<Map<String, String>> mayBegin) {
        Watched.Expectation expected = watched.expected();
        if (expected != null) {
            watched.compare(expected, sight);
        } else if (mayBegin.test(sight)) {
            var unused = watched.begin(sight);
        }
    }

    /** With the indices of their creation and their last change. */
    private static Map<String, String> services(JsonElement body) {
        Map<String, String> sight = new HashMap<>();
        if (body instanceof JsonObject node) {
            node.getAsJsonObject("Services")
                    .entrySet()
                    .forEach(entry -> sight.put(entry.getKey(), entry.getValue().toString()));
        }
        return sight;
    }

    private static Map<String, String> statuses(JsonElement body) {
        Map<String, String> sight = new HashMap<>();
        if (body instanceof JsonArray checks) {
            for (JsonElement check : checks) {
                String service = check.getAsJsonObject().get("ServiceID").getAsString();
                String status = check.getAsJsonObject().get("Status").getAsString();
                sight.merge(
                        service,
                        status.equals("critical") ? status : "not critical",
                        (one, other) -> one.equals("critical") ? one : other);
            }
        }
        return sight;
    }

    @Override
    public void close() throws InterruptedException {
        ofServices.close();
        ofHealth.close();
        ofElsewhere.close();
    }
}
