package io.registrator.registry.consul;

import static com.google.common.collect.ImmutableMap.toImmutableMap;

import com.ecwid.consul.json.GsonFactory;
import com.ecwid.consul.v1.agent.model.Check;
import com.ecwid.consul.v1.agent.model.NewService;
import com.ecwid.consul.v1.agent.model.Self;
import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.escape.Escaper;
import com.google.common.net.PercentEscaper;
import com.google.common.net.UrlEscapers;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import io.registrator.model.Secret;
import io.registrator.model.ServiceId;
import io.registrator.net.http.HttpReply;
import io.registrator.registry.consul.AgentConnection.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hc.core5.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** The endpoints of the agent that we use: see Consul's HTTP API documentation for each. */
final class AgentApi implements AutoCloseable {
    /** How the health endpoint answers for a warning and for a critical service. */
    private static final ImmutableSet<Integer> UNWELL = ImmutableSet.of(429, 503);

    /** Maintenance mode of a service is a critical check with this ID. */
    private static final String MAINTENANCE = "_service_maintenance:";

    private static final String IN_MAINTENANCE = "CheckID matches \"^" + MAINTENANCE + "\"";

    /** All but what no server on the way gives a meaning of its own. */
    private static final Escaper SEGMENT = new PercentEscaper("-._~:@", false);

    private static final Escaper QUERY = UrlEscapers.urlFormParameterEscaper();
    private static final TypeToken<Map<String, Check>> CHECKS = new TypeToken<>() {};
    private static final TypeToken<Map<String, AgentService>> SERVICES = new TypeToken<>() {};

    private static final TypeToken<Map<String, AgentCheck>> CHECK_RESULTS = new TypeToken<>() {};
    private static final TypeToken<List<AclAnswer>> ANSWERS = new TypeToken<>() {};

    private final AgentConnection connection;

    AgentApi(AgentConnection connection) {
        this.connection = connection;
    }

    /** The same agent, asked with another token; null for our own. Closing one closes both. */
    AgentApi as(@Nullable Secret token) {
        return token == null ? this : new AgentApi(connection.as(token));
    }

    /** The accessor ID of our token; empty when it has none. */
    String ownAccessor() throws IOException {
        return read(
                Request.get("/v1/acl/token/self", ""),
                TypeToken.get(AclToken.class),
                token -> Objects.requireNonNullElse(token.accessor(), ""));
    }

    /** Those that the token may read. */
    ImmutableMap<String, AgentService> services() throws IOException {
        return read(Request.get("/v1/agent/services", "service:read"), SERVICES, ImmutableMap::copyOf);
    }

    Optional<AgentService> service(ServiceId id) throws IOException {
        Request request = Request.get("/v1/agent/service/" + segment(id), "service:read on service " + id);
        try {
            return Optional.of(read(request, TypeToken.get(AgentService.class), Function.identity()));
        } catch (RefusedException e) {
            return absent(e);
        }
    }

    /** The service's own checks; empty when there is no such service. */
    Optional<ImmutableList<Check>> checks(ServiceId id) throws IOException {
        Request request = Request.get(
                "/v1/agent/health/service/id/" + segment(id) + "?format=json", "service:read on service " + id);
        try {
            return Optional.of(checksOf(id, request, connection.ask(request).body()));
        } catch (RefusedException e) {
            return UNWELL.contains(e.status()) ? unwell(id, request, e) : absent(e);
        }
    }

    /** @param replaceChecks remove the checks that the service has and the document lacks, whoever made them */
    void register(NewService document, boolean replaceChecks) throws IOException {
        // Any other value than "true" would silently be ignored.
        String query = replaceChecks ? "?replace-existing-checks=true" : "";
        put("/v1/agent/service/register" + query, json(document), "service:write on \"" + document.getName() + "\"");
    }

    void deregister(ServiceId id) throws IOException {
        try {
            put("/v1/agent/service/deregister/" + segment(id), "", "service:write on service " + id);
        } catch (RefusedException e) {
            if (!saysUnknown(e)) {
                throw e;
            }
        }
    }

    void deregisterCheck(String checkId) throws IOException {
        try {
            put("/v1/agent/check/deregister/" + SEGMENT.escape(checkId), "", "service:write on its service");
        } catch (RefusedException e) {
            if (!saysUnknown(e)) {
                throw e;
            }
        }
    }

    /** Says of a TTL check how it is; false when there is no such check. */
    boolean update(String checkId, CheckUpdate update) throws IOException {
        try {
            put("/v1/agent/check/update/" + SEGMENT.escape(checkId), json(update), "service:write on its service");
            return true;
        } catch (RefusedException e) {
            if (!saysUnknown(e) && !e.body().contains("does not have associated TTL")) {
                throw e;
            }
            return false;
        }
    }

    /**
     * Turns maintenance mode on, or off for null; false when there is no such service.
     *
     * @param reason shown to operators
     */
    boolean maintain(ServiceId id, @Nullable String reason) throws IOException {
        String query = reason == null ? "?enable=false" : "?enable=true&reason=" + QUERY.escape(reason);
        try {
            put("/v1/agent/service/maintenance/" + segment(id) + query, "", "service:write on service " + id);
            return true;
        } catch (RefusedException e) {
            if (!saysUnknown(e)) {
                throw e;
            }
            return false;
        }
    }

    /** The ID of the check that the agent makes for a service in maintenance mode. */
    static String maintenanceCheck(ServiceId id) {
        return MAINTENANCE + id;
    }

    /** The services in maintenance mode, those that the token may read, with the reason of each. */
    ImmutableMap<String, String> maintenance() throws IOException {
        return read(
                Request.get("/v1/agent/checks?filter=" + QUERY.escape(IN_MAINTENANCE), "service:read"),
                CHECKS,
                checks -> checks.values().stream()
                        .filter(check -> check.getServiceId() != null)
                        .collect(toImmutableMap(Check::getServiceId, check -> Strings.nullToEmpty(check.getNotes()))));
    }

    AgentSelf self() throws IOException {
        return read(Request.get("/v1/agent/self", "agent:read"), TypeToken.get(Self.class), AgentSelf::of);
    }

    /** The tags that the catalog has for a service of this node; empty when it does not have it, or we may not read it. */
    Optional<ImmutableList<String>> catalogTags(String node, ServiceId id) throws IOException {
        Request request = Request.get("/v1/catalog/node-services/" + SEGMENT.escape(node), "node:read");
        return read(request, TypeToken.get(CatalogNode.class), catalog -> catalog.tagsOf(id));
    }

    boolean hasLeader() throws IOException {
        try {
            return read(Request.get("/v1/status/leader", ""), TypeToken.get(String.class), leader -> !leader.isEmpty());
        } catch (RefusedException e) {
            if (e.status() < HttpStatus.SC_INTERNAL_SERVER_ERROR) {
                throw e;
            }
            return false;
        }
    }

    /**
     * Waits for the node's services to be others than at {@code index}, at most for {@code wait}. Any server may answer,
     * so that it works without a leader.
     */
    NodeServices nodeServices(String node, long index, Duration wait) throws IOException {
        String query = "?stale&index=" + index + "&wait=" + wait.toSeconds() + "s";
        Request request = Request.get("/v1/catalog/node-services/" + SEGMENT.escape(node) + query, "node:read")
                // The agent adds up to a sixteenth of the time by itself.
                .waiting(wait.plus(wait.dividedBy(16)));
        HttpReply reply = connection.ask(request);
        return new NodeServices(
                AgentConnection.index(reply.header(AgentConnection.INDEX)),
                parse(request, reply.body(), TypeToken.get(CatalogNode.class), CatalogNode::serviceIds));
    }

    /** The checks of all services that the token may read, and of the node. */
    ImmutableMap<String, AgentCheck> allChecks() throws IOException {
        return read(Request.get("/v1/agent/checks", "service:read"), CHECK_RESULTS, ImmutableMap::copyOf);
    }

    AgentScripts scripts() throws IOException {
        return read(
                Request.get("/v1/agent/self", "agent:read"), TypeToken.get(AgentScripts.class), Function.identity());
    }

    /** Whether our token has each of these rights, in their order; 401 from an agent without ACLs. */
    List<AclAnswer> authorize(List<AclRule> rules) throws IOException {
        return read(
                new Request("POST", "/v1/internal/acl/authorize", json(questions(rules)), "", Duration.ZERO),
                ANSWERS,
                List::copyOf);
    }

    private static List<Map<String, String>> questions(List<AclRule> rules) {
        return rules.stream()
                .map(rule -> Map.of("Resource", rule.resource(), "Access", rule.access(), "Segment", rule.segment()))
                .toList();
    }

    @Override
    public void close() {
        connection.close();
    }

    private void put(String target, String body, String right) throws IOException {
        var ignored = connection.ask(Request.put(target, body, right));
    }

    private <T, R> R read(Request request, TypeToken<T> type, Function<T, R> meaning) throws IOException {
        return parse(request, connection.ask(request).body(), type, meaning);
    }

    private <T, R> R parse(Request request, String body, TypeToken<T> type, Function<T, R> meaning) throws IOException {
        try {
            return meaning.apply(Objects.requireNonNull(GsonFactory.getGson().fromJson(body, type), "it is empty"));
        } catch (JsonParseException | NullPointerException e) {
            throw connection.unreadable(request, e);
        }
    }

    private Optional<ImmutableList<Check>> unwell(ServiceId id, Request request, RefusedException refused)
            throws IOException {
        try {
            return Optional.of(checksOf(id, request, refused.body()));
        } catch (IOException notHealthButTrouble) {
            refused.addSuppressed(notHealthButTrouble);
            throw refused;
        }
    }

    private ImmutableList<Check> checksOf(ServiceId id, Request request, String body) throws IOException {
        return parse(request, body, TypeToken.get(ServiceHealth.class), health -> health.checksOf(id));
    }

    private static <T> Optional<T> absent(RefusedException e) throws RefusedException {
        if (e.status() == HttpStatus.SC_NOT_FOUND) {
            return Optional.empty();
        }
        throw e;
    }

    /** 404 from newer agents, 500 from those up to 1.8 with ACLs on. */
    private static boolean saysUnknown(RefusedException e) {
        return e.status() == HttpStatus.SC_NOT_FOUND
                || (e.status() == HttpStatus.SC_INTERNAL_SERVER_ERROR
                        && e.body().contains("Unknown "));
    }

    private static String segment(ServiceId id) {
        return SEGMENT.escape(id.value());
    }

    private static String json(Object document) {
        return GsonFactory.getGson().toJson(document);
    }
}
