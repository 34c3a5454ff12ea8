package io.registrator.it.soak;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.registrator.testing.DockerCli;

/** Which services the containers of an engine should give, from what its own command line says of them. */
final class EngineView {
    private final DockerCli docker;
    private final String label;
    private final String node;
    private final String address;

    /**
     * @param label of the containers that count
     * @param node the first part of the services' IDs
     * @param address where published ports are
     */
    EngineView(DockerCli docker, String label, String node, String address) {
        this.docker = docker;
        this.label = label;
        this.node = node;
        this.address = address;
    }

    /** What Consul should have at this moment, by ID. */
    ImmutableSortedMap<String, Seen> expected() {
        ImmutableList<String> running = docker.docker("ps", "--quiet", "--filter", "label=" + label)
                .lines()
                .collect(ImmutableList.toImmutableList());
        if (running.isEmpty()) {
            return ImmutableSortedMap.of();
        }
        String all = docker.docker(ImmutableList.<String>builder()
                .add("inspect")
                .addAll(running)
                .build()
                .toArray(String[]::new));
        ImmutableSortedMap.Builder<String, Seen> services = ImmutableSortedMap.naturalOrder();
        for (JsonElement container : JsonParser.parseString(all).getAsJsonArray()) {
            add(container.getAsJsonObject(), services);
        }
        return services.buildOrThrow();
    }

    private void add(JsonObject container, ImmutableSortedMap.Builder<String, Seen> services) {
        JsonObject labels = container.getAsJsonObject("Config").getAsJsonObject("Labels");
        JsonObject state = container.getAsJsonObject("State");
        String port = publishedPort(container);
        // What asks for somebody else's ID gets nothing.
        if (labels.has("SERVICE_ID") || port.isEmpty() || !state.get("Running").getAsBoolean()) {
            return;
        }
        String name = container.get("Name").getAsString().substring(1);
        services.put(
                node + ":" + name + ":" + Containers.PORT,
                new Seen(
                        labels.get("SERVICE_NAME").getAsString(),
                        address + ":" + port,
                        ImmutableSortedSet.of("a", "b"),
                        state.get("Paused").getAsBoolean(),
                        checks(state)));
    }

    private static String publishedPort(JsonObject container) {
        JsonElement bindings = container
                .getAsJsonObject("NetworkSettings")
                .getAsJsonObject("Ports")
                .get(Containers.PORT + "/tcp");
        return bindings instanceof JsonArray array && !array.isEmpty()
                ? array.get(0).getAsJsonObject().get("HostPort").getAsString()
                : "";
    }

    private static ImmutableSortedSet<String> checks(JsonObject state) {
        if (!(state.get("Health") instanceof JsonObject health)) {
            return ImmutableSortedSet.of();
        }
        String status = health.get("Status").getAsString();
        return ImmutableSortedSet.of(
                switch (status) {
                    case "healthy" -> "passing";
                    case "starting" -> "warning";
                    case "unhealthy" -> "critical";
                    default -> throw new AssertionError("no such health: " + status);
                });
    }
}
