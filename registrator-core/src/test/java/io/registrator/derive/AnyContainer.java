package io.registrator.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerPort;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ContainerState;
import io.registrator.model.HealthReport;
import io.registrator.model.NetworkEndpoint;
import io.registrator.model.NetworkMode;
import io.registrator.model.PortBinding;
import io.registrator.model.Protocol;
import io.registrator.model.StopPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/** Containers and settings of all kinds: mostly plausible, so that rules are reached, and odd everywhere. */
class AnyContainer extends DomainContextBase {
    static final String OTHER = "other";
    static final String SECRET = "hunter2";

    private static final Arbitrary<Integer> NUMBERS = Arbitraries.oneOf(
            Arbitraries.of(53, 80, 443), Arbitraries.integers().between(1, 65_535));
    private static final Arbitrary<String> ADDRESSES = Arbitraries.of(
            "", "0.0.0.0", "::", "127.0.0.1", "::1", "192.0.2.7", "2001:db8::7", "172.17.0.2", "fe80::1%eth0", "x");
    private static final Arbitrary<String> ATTRIBUTES = Arbitraries.oneOf(
            Arbitraries.of(attributes()), Arbitraries.strings().ofMaxLength(8));
    private static final Arbitrary<String> VALUES = Arbitraries.oneOf(
            Arbitraries.of(
                    "",
                    "true",
                    "false",
                    "1",
                    "0",
                    "web",
                    "a,b\\,c",
                    "/health",
                    "health",
                    "10s",
                    "100ms",
                    "1d",
                    "192.0.2.9",
                    "::",
                    "10.0.0.0/8",
                    "bridge",
                    "passing",
                    "Host: x",
                    "echo 'x",
                    "sh -c \"$SERVICE_IP\"",
                    "http://$SERVICE_IP:${SERVICE_PORT}/",
                    "\uD800",
                    "a\nb",
                    "x".repeat(513)),
            Arbitraries.strings().ofMaxLength(20));
    private static final Arbitrary<String> PLAUSIBLE = Arbitraries.of(
            "NAME=web",
            "TAGS=a,b",
            "IGNORE=false",
            "INTERNAL=true",
            "IP=192.0.2.9",
            "WEIGHT=10",
            "REGION=eu",
            "foo.bar=x",
            "CHECK_HTTP=/h",
            "CHECK_HTTPS=$SERVICE_IP",
            "CHECK_1_TCP=true",
            "CHECK_2_TTL=30s",
            "CHECK_3_GRPC=true",
            "CHECK_INTERVAL=100ms",
            "CHECK_TIMEOUT=1s",
            "CHECK_DEREGISTER_AFTER=1s",
            "CHECK_FAILURES_BEFORE_CRITICAL=3",
            "CHECK_HEADER=Host: x");
    private static final Arbitrary<String> SCOPES =
            Arbitraries.of("", "", "", "53_", "53_UDP_", "80_", "80-443_", "9-1_", "080_", "99999_");

    /** All that mean something, as users write them, and some that do not, or only nearly. */
    static ImmutableList<String> attributes() {
        return ImmutableList.<String>builder()
                .addAll(ControlAttributes.known().stream()
                        .map(known -> known.toUpperCase(Locale.ROOT))
                        .iterator())
                .add("CHECK_1_HTTP", "CHECK_2_TCP", "CHECK_2_INTERVAL")
                .add("REGION", "foo.bar", "consul-x", "NAMES", "", "CHECK_HTPP")
                .build();
    }

    @Provide
    Arbitrary<ContainerSnapshot> containers() {
        return Combinators.combine(
                        Arbitraries.frequencyOf(
                                Tuple.of(9, Arbitraries.just("app")),
                                Tuple.of(1, Arbitraries.strings().ofMaxLength(10))),
                        Arbitraries.oneOf(Arbitraries.of("nginx:1.25", "r:5/x/y@sha256:a", "a:b"), VALUES),
                        Arbitraries.frequencyOf(
                                Tuple.of(9, Arbitraries.just(ContainerState.RUNNING)),
                                Tuple.of(1, Arbitraries.of(ContainerState.class))),
                        lines().list().ofMaxSize(8),
                        labels(),
                        ports().set().ofMaxSize(4),
                        Arbitraries.maps(ports(), bindings().list().ofMinSize(1).ofMaxSize(3))
                                .ofMaxSize(4),
                        Combinators.combine(modes(), networks()).as(Map::entry))
                .as(AnyContainer::snapshot);
    }

    @Provide
    Arbitrary<DerivationSettings> settings() {
        Arbitrary<Boolean> flags = Arbitraries.of(true, false);
        return Combinators.combine(
                        Arbitraries.of("192.0.2.1", "2001:db8::1"),
                        Arbitraries.of("203.0.113.9", "::1").injectNull(0.8),
                        flags,
                        flags,
                        Arbitraries.of("my.ip").injectNull(0.95),
                        Arbitraries.of("bridge", "172.16.0.0/12", "none").injectNull(0.85),
                        flags,
                        flags)
                .as((host, ip, internal, explicit, label, network, tcp, scripts) -> DerivationSettingsBuilder.of(
                                "n", host)
                        .ip(ip)
                        .internal(internal)
                        .explicit(explicit && internal)
                        .tags("all,udp")
                        .useIpFromLabel(label)
                        .network(network)
                        .defaultTcpCheck(tcp)
                        .allowScriptChecks(scripts)
                        .build());
    }

    private static Arbitrary<String> keys() {
        return Combinators.combine(SCOPES, ATTRIBUTES).as((scope, attribute) -> "SERVICE_" + scope + attribute);
    }

    private static Arbitrary<String> lines() {
        return Arbitraries.oneOf(
                Combinators.combine(SCOPES, PLAUSIBLE).as((scope, line) -> "SERVICE_" + scope + line),
                Combinators.combine(SCOPES, PLAUSIBLE).as((scope, line) -> "SERVICE_" + scope + line),
                Combinators.combine(keys(), VALUES).as((key, value) -> key + "=" + value),
                Arbitraries.of("SERVICE_TOKEN=" + SECRET, "SERVICE_80_TOKEN=" + SECRET, "NO_VALUE", "=", "PATH=/bin"));
    }

    private static Arbitrary<Map<String, String>> labels() {
        return Arbitraries.maps(Arbitraries.oneOf(keys(), Arbitraries.of("my.ip")), VALUES)
                .ofMaxSize(3);
    }

    private static Arbitrary<ContainerPort> ports() {
        return Combinators.combine(NUMBERS, Arbitraries.of(Protocol.class)).as(ContainerPort::new);
    }

    private static Arbitrary<PortBinding> bindings() {
        return Combinators.combine(ADDRESSES, NUMBERS).as(PortBinding::new);
    }

    private static Arbitrary<String> modes() {
        return Arbitraries.of("default", "bridge", "host", "none", "container:" + OTHER, "container:gone", "net");
    }

    private static Arbitrary<Map<String, NetworkEndpoint>> networks() {
        return Arbitraries.maps(
                        Arbitraries.of("bridge", "net", "a", "host"),
                        Combinators.combine(ADDRESSES, ADDRESSES).as(NetworkEndpoint::new))
                .ofMaxSize(3);
    }

    private static ContainerSnapshot snapshot(
            String name,
            String image,
            ContainerState state,
            List<String> env,
            Map<String, String> labels,
            Set<ContainerPort> exposed,
            Map<ContainerPort, List<PortBinding>> bindings,
            Map.Entry<String, Map<String, NetworkEndpoint>> network) {
        return new ContainerSnapshot(
                new ContainerId(ContainerBuilder.ID),
                name,
                image,
                Instant.EPOCH,
                Instant.EPOCH,
                state,
                0,
                HealthReport.NONE,
                StopPolicy.DEFAULT,
                ImmutableList.copyOf(env),
                ImmutableMap.copyOf(labels),
                ImmutableSortedSet.<ContainerPort>naturalOrder()
                        .addAll(exposed)
                        .addAll(bindings.keySet())
                        .build(),
                ImmutableSortedMap.copyOf(Maps.transformValues(bindings, ImmutableList::copyOf)),
                new NetworkMode(network.getKey()),
                ImmutableSortedMap.copyOf(network.getValue()));
    }
}
