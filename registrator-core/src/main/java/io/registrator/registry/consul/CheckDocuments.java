package io.registrator.registry.consul;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.ecwid.consul.json.GsonFactory;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.Multimaps;
import com.google.common.hash.Hashing;
import io.registrator.model.CheckDefinition;
import io.registrator.model.GoDuration;
import io.registrator.model.Probe;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks as the agent wants them, and the IDs that tell them apart. */
final class CheckDocuments {
    private static final int HASH_LENGTH = 8;

    private CheckDocuments() {}

    /**
     * The check without a first status. Its ID carries a hash of everything else, because an agent that is given another
     * kind of check under the same ID keeps the old one running beside it.
     */
    static CheckDocument of(ServiceDefinition service, CheckDefinition check, Set<Feature> leftOut) {
        CheckDocument document = document(check, leftOut);
        document.checkId = id(service.id(), check, document);
        document.name = "Service '" + service.name() + "' check " + check.name();
        return document;
    }

    /** The ID that {@link #of} gives the check. */
    static String idOf(ServiceDefinition service, CheckDefinition check, Set<Feature> leftOut) {
        return id(service.id(), check, document(check, leftOut));
    }

    private static String id(ServiceId service, CheckDefinition check, CheckDocument document) {
        return isBeatenByOthers(check) ? idByAgent(service) : idPrefix(service) + check.name() + ":" + hash(document);
    }

    private static String hash(CheckDocument document) {
        return Hashing.sha256()
                .hashString(GsonFactory.getGson().toJson(document), UTF_8)
                .toString()
                .substring(0, HASH_LENGTH);
    }

    /** Whether the check of this ID is the service's own: made by us, or by an agent for one that was given no ID. */
    static boolean isOwn(ServiceId service, String checkId) {
        return checkId.equals(idByAgent(service)) || checkId.startsWith(idPrefix(service));
    }

    /** Applications that say themselves that they are well know the ID that the agent would have given their check. */
    private static boolean isBeatenByOthers(CheckDefinition check) {
        return check.name().equals("ttl") && check.probe() instanceof Probe.Ttl;
    }

    private static String idByAgent(ServiceId service) {
        return "service:" + service;
    }

    private static String idPrefix(ServiceId service) {
        return "service:" + service + ":";
    }

    private static CheckDocument document(CheckDefinition check, Set<Feature> leftOut) {
        CheckDocument document = new CheckDocument();
        probe(document, check, leftOut);
        document.setTimeout(duration(check.timeout()));
        document.setDeregisterCriticalServiceAfter(duration(check.deregisterAfter()));
        document.successBeforePassing =
                unless(leftOut, Feature.SUCCESS_BEFORE_PASSING, threshold(check.successBeforePassing()));
        document.failuresBeforeWarning =
                unless(leftOut, Feature.FAILURES_BEFORE_WARNING, threshold(check.failuresBeforeWarning()));
        document.failuresBeforeCritical =
                unless(leftOut, Feature.FAILURES_BEFORE_CRITICAL, threshold(check.failuresBeforeCritical()));
        return document;
    }

    /** Whether the agent asks for nothing itself. */
    private static boolean isToldFromOutside(CheckDefinition check) {
        return check.probe() instanceof Probe.Ttl
                || check.probe() instanceof Probe.EngineHealth
                || check.probe() instanceof Probe.Alias;
    }

    private static void probe(CheckDocument document, CheckDefinition check, Set<Feature> leftOut) {
        if (!isToldFromOutside(check)) {
            document.setInterval(duration(check.interval()));
        }
        switch (check.probe()) {
            case Probe.Tcp tcp -> document.setTcp(tcp.target().toString());
            case Probe.Http http -> http(document, http, leftOut);
            case Probe.Grpc grpc -> grpc(document, grpc, leftOut);
            case Probe.Ttl ttl -> document.setTtl(duration(ttl.ttl()));
            case Probe.EngineHealth mirrored -> document.setTtl(duration(mirrored.ttl()));
            case Probe.Alias alias -> document.aliasService = alias.service().value();
            case Probe.Script script -> script(document, script);
        }
    }

    private static void http(CheckDocument document, Probe.Http http, Set<Feature> leftOut) {
        document.setHttp(http.url());
        document.setMethod(text(http.method()));
        document.setHeader(http.header().isEmpty() ? null : sorted(http.header()));
        document.body = unless(leftOut, Feature.BODY, text(http.body()));
        document.setTlsSkipVerify(flag(http.tlsSkipVerify()));
        document.tlsServerName = unless(leftOut, Feature.TLS_SERVER_NAME, text(http.tlsServerName()));
    }

    /** In the same order in every run: the check's ID hangs on it. */
    private static Map<String, List<String>> sorted(ListMultimap<String, String> header) {
        return ImmutableSortedMap.copyOf(Multimaps.asMap(header));
    }

    private static void grpc(CheckDocument document, Probe.Grpc grpc, Set<Feature> leftOut) {
        document.setGrpc(grpc.target());
        document.setGrpcUseTLS(flag(grpc.useTls()));
        document.setTlsSkipVerify(flag(grpc.tlsSkipVerify()));
        document.tlsServerName = unless(leftOut, Feature.TLS_SERVER_NAME, text(grpc.tlsServerName()));
    }

    private static void script(CheckDocument document, Probe.Script script) {
        document.args = script.args();
        document.setDockerContainerID(script.dockerContainerId());
    }

    private static <T> @Nullable T unless(Set<Feature> leftOut, Feature feature, @Nullable T value) {
        return leftOut.contains(feature) ? null : value;
    }

    private static @Nullable String duration(@Nullable Duration duration) {
        return duration == null ? null : GoDuration.format(duration);
    }

    private static @Nullable String text(String value) {
        return value.isEmpty() ? null : value;
    }

    private static @Nullable Boolean flag(boolean value) {
        return value ? true : null;
    }

    private static @Nullable Integer threshold(int value) {
        return value == 0 ? null : value;
    }
}
