package io.registrator.it;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.registrator.testing.Await;
import io.registrator.testing.ConsulAgentProcess;
import java.io.IOException;
import java.time.Duration;

/**
 * A policy of an agent with ACLs, whose rules can change, and a token that has its rights.
 *
 * @param accessor the token's public name
 */
record AclPolicy(ConsulAgentProcess consul, String name, String id, String accessor, String secret) {
    static final String WRITE = "service_prefix \"\" { policy = \"write\" }";
    /** What docs/operations.md asks for. */
    static final String ALL = WRITE + " agent_prefix \"\" { policy = \"read\" } node_prefix \"\" { policy = \"read\" }";

    private static final String MASTER = "11111111-1111-1111-1111-111111111111";
    private static final String NAME = "registrator";

    /** A running agent that denies what no rule allows. */
    static ConsulAgentProcess agent() throws IOException, InterruptedException {
        ConsulAgentProcess agent = ConsulAgentProcess.running(
                "acl { enabled = true default_policy = \"deny\" tokens { master = \"" + MASTER + "\" } }");
        agent.as(MASTER);
        Await.until(
                "Consul has left its legacy ACL mode",
                Duration.ofSeconds(30),
                () -> !agent.get("/v1/acl/policies").isEmpty());
        return agent;
    }

    static AclPolicy create(ConsulAgentProcess consul, String rules) throws IOException, InterruptedException {
        return create(consul, NAME, rules);
    }

    static AclPolicy create(ConsulAgentProcess consul, String name, String rules)
            throws IOException, InterruptedException {
        JsonObject policy = put(consul, "/v1/acl/policy", document(name, rules));
        return of(consul, name, policy.get("ID").getAsString());
    }

    /** The same with another token. */
    AclPolicy anotherToken() throws IOException, InterruptedException {
        return of(consul, name, id);
    }

    private static AclPolicy of(ConsulAgentProcess consul, String name, String id)
            throws IOException, InterruptedException {
        JsonObject token = put(consul, "/v1/acl/token", "{\"Policies\":[{\"Name\":\"" + name + "\"}]}");
        return new AclPolicy(
                consul,
                name,
                id,
                token.get("AccessorID").getAsString(),
                token.get("SecretID").getAsString());
    }

    void allow(String rules) throws IOException, InterruptedException {
        var _ = put(consul, "/v1/acl/policy/" + id, document(name, rules));
    }

    /** Deletes the token. */
    void revoke() throws IOException, InterruptedException {
        var _ = consul.delete("/v1/acl/token/" + accessor);
    }

    private static String document(String name, String rules) {
        JsonObject document = new JsonObject();
        document.addProperty("Name", name);
        document.addProperty("Rules", rules);
        return document.toString();
    }

    private static JsonObject put(ConsulAgentProcess consul, String path, String body)
            throws IOException, InterruptedException {
        return JsonParser.parseString(consul.put(path, body)).getAsJsonObject();
    }
}
