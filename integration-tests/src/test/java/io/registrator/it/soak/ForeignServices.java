package io.registrator.it.soak;

import com.google.common.collect.ImmutableList;

/**
 * Services that are not ours, in the configuration of their agents, where they are there from its first moment, also when it
 * has lost its data. Some look as if they were ours.
 */
final class ForeignServices {
    /** The ID that one of our containers asks for, and must not get. */
    static final String CLAIMED = "vault:10.0.0.9:8200";

    private final String node;

    ForeignServices(String node) {
        this.node = node;
    }

    /** On the agent that the daemon writes to. */
    ImmutableList<String> ids() {
        return ImmutableList.of(CLAIMED, "plain", node + ":ghost:8080", node + ":owned-by-another:8080", elsewhere());
    }

    private String elsewhere() {
        return node + "x:still0:8080";
    }

    String configuration() {
        return services(
                service(CLAIMED, ""),
                service("plain", ""),
                // As a predecessor left it, of a container that is gone.
                service(node + ":ghost:8080", ""),
                service(node + ":owned-by-another:8080", mark(node + "x")),
                service(elsewhere(), mark(node + "x")));
    }

    /** On another agent: the services of a registrator with our own node ID. */
    ImmutableList<String> idsElsewhere() {
        return ImmutableList.of(node + ":still0:8080", node + ":ghost:8080");
    }

    String configurationElsewhere() {
        return services(service(node + ":still0:8080", mark(node)), service(node + ":ghost:8080", mark(node)));
    }

    private static String services(String... all) {
        return "services = [" + String.join(",\n", all) + "]";
    }

    private static String service(String id, String more) {
        return "{ id = \"%s\" name = \"foreign\" address = \"10.0.0.9\" port = 8200 %s }".formatted(id, more);
    }

    private static String mark(String owner) {
        return "meta { registrator-owner = \"%s\" registrator-container = \"%s\" registrator-hash = \"%s\" }"
                .formatted(owner, "c".repeat(64), "0".repeat(16));
    }
}
