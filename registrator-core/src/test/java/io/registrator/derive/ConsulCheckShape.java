package io.registrator.derive;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.registrator.model.CheckDefinition;
import io.registrator.model.GoDuration;
import io.registrator.model.Probe;
import java.time.Duration;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A check as the fields of Consul's JSON, each as text; durations in Go's own form. */
final class ConsulCheckShape {
    private static final ImmutableSet<String> DURATIONS =
            ImmutableSet.of("Interval", "Timeout", "TTL", "DeregisterCriticalServiceAfter");
    private final TreeMap<String, String> fields = new TreeMap<>();

    private ConsulCheckShape() {}

    static ImmutableSortedMap<String, String> of(JsonObject check) {
        ConsulCheckShape shape = new ConsulCheckShape();
        check.asMap().forEach((field, value) -> {
            String text = value.isJsonPrimitive() ? value.getAsString() : value.toString();
            shape.fields.put(field, DURATIONS.contains(field) ? normalised(text) : text);
        });
        return ImmutableSortedMap.copyOf(shape.fields);
    }

    static ImmutableSortedMap<String, String> of(CheckDefinition check) {
        ConsulCheckShape shape = new ConsulCheckShape();
        shape.probe(check.probe());
        if (!(check.probe() instanceof Probe.Ttl)) {
            shape.duration("Interval", check.interval());
        }
        shape.duration("Timeout", check.timeout());
        shape.duration("DeregisterCriticalServiceAfter", check.deregisterAfter());
        shape.text(
                "Status",
                check.initialStatus() == null ? "" : check.initialStatus().word());
        return ImmutableSortedMap.copyOf(shape.fields);
    }

    private void probe(Probe probe) {
        switch (probe) {
            case Probe.Tcp tcp -> text("TCP", tcp.target().toString());
            case Probe.Http http -> http(http);
            case Probe.Grpc grpc -> grpc(grpc);
            case Probe.Ttl ttl -> duration("TTL", ttl.ttl());
            case Probe.EngineHealth mirrored -> duration("TTL", mirrored.ttl());
            case Probe.Alias alias -> text("AliasService", alias.service().value());
            case Probe.Script script -> script(script);
        }
    }

    private void http(Probe.Http http) {
        text("HTTP", http.url());
        text("Method", http.method());
        flag("TLSSkipVerify", http.tlsSkipVerify());
        text("TLSServerName", http.tlsServerName());
        text("Body", http.body());
        text("Header", http.header().isEmpty() ? "" : http.header().toString());
    }

    private void grpc(Probe.Grpc grpc) {
        text("GRPC", grpc.target());
        flag("GRPCUseTLS", grpc.useTls());
        flag("TLSSkipVerify", grpc.tlsSkipVerify());
        text("TLSServerName", grpc.tlsServerName());
    }

    private void script(Probe.Script script) {
        JsonArray args = new JsonArray();
        script.args().forEach(args::add);
        text("ScriptArgs", args.toString());
        text("DockerContainerID", script.dockerContainerId() == null ? "" : script.dockerContainerId());
    }

    private void text(String field, String value) {
        if (!value.isEmpty()) {
            fields.put(field, value);
        }
    }

    private void flag(String field, boolean on) {
        text(field, on ? "true" : "");
    }

    private void duration(String field, @Nullable Duration duration) {
        text(field, duration == null ? "" : GoDuration.format(duration));
    }

    private static String normalised(String duration) {
        return GoDuration.format(GoDuration.parse(duration).orElseThrow());
    }
}
