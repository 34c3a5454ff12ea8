package io.registrator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.net.HostAndPort;
import io.registrator.model.CheckDefinition;
import io.registrator.model.CheckStatus;
import io.registrator.model.ObservedService;
import io.registrator.model.Probe;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.Weights;
import io.registrator.plan.Decision.InSync;
import io.registrator.plan.Decision.Register;
import io.registrator.testing.TestServices;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each part of a service that somebody may alter in the registry, or that its container may define otherwise. */
class DriftTest {
    private static final CheckDefinition CHECK = new CheckDefinition(
            "http",
            new Probe.Http("http://10.0.0.7:8080/", "", ImmutableListMultimap.of(), "", false, ""),
            Duration.ofSeconds(10),
            null,
            null,
            null,
            0,
            0,
            0);

    private final Planner planner = new Planner(new PlanPolicy("node-1", DeregisterPolicy.ALWAYS, false));

    @ParameterizedTest(name = "{0}")
    @MethodSource("alterations")
    void putsBackEachPartThatSomebodyAlters(String part, UnaryOperator<ObservedService> altered) {
        ServiceDefinition web = service().definition();

        Decision decision = planner.decide(web.id(), web, altered.apply(written(web)), null);

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Register.class, register -> assertThat(register.why()).isEqualTo(Register.Why.ALTERED));
    }

    private static Stream<Arguments> alterations() {
        return Stream.of(
                altered("name", it -> it.name = "other"),
                altered("tags", it -> it.tags = ImmutableList.of("b", "a")),
                altered("address", it -> it.address = "10.0.0.8"),
                altered("port", it -> it.port = 8081),
                altered("tagged addresses", it -> it.tagged = ImmutableSortedMap.of("lan_ipv6", "2001:db8::8")),
                altered("no tagged addresses", it -> it.tagged = ImmutableSortedMap.of()),
                altered("weights", it -> it.weights = new Weights(3, 2)),
                altered("tag override", it -> it.override = true),
                altered("meta", it -> it.meta = with(it.meta, "team", "other")),
                altered("one more meta", it -> it.meta = with(it.meta, "more", "1")));
    }

    /** The registry shows no checks, and no rights: the hash in the metadata stands for them. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void writesAnewWhatItsContainerDefinesOtherwise(String part, ServiceDefinition changed) {
        ObservedService before = written(service().definition());

        Decision decision = planner.decide(changed.id(), changed, before, null);

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Register.class, register -> assertThat(register.why()).isEqualTo(Register.Why.CHANGED));
    }

    private static Stream<Arguments> changes() {
        return Stream.of(
                changed("name", service().name("other")),
                changed("tags", service().tags("a", "b", "c")),
                changed("order of tags", service().tags("b", "a")),
                changed("address", service().at("10.0.0.8", 8080)),
                changed("port", service().at("10.0.0.7", 8081)),
                changed("tagged addresses", service().taggedAddresses(Map.of("lan_ipv6", "2001:db8::8"))),
                changed("meta", service().meta(Map.of("team", "other"))),
                changed("weights", service().weights(7, 7)),
                changed("tag override", service().enableTagOverride()),
                changed("no check", service().checks()),
                changed(
                        "one more check",
                        service().checks(CHECK, check(new Probe.Tcp(HostAndPort.fromParts("::1", 1))))),
                changed("kind of check", service().checks(check(new Probe.Ttl(Duration.ofSeconds(30), null)))),
                changed("URL", service().checks(check(http("http://10.0.0.7:8080/health", "", false)))),
                changed("method", service().checks(check(http("http://10.0.0.7:8080/", "HEAD", false)))),
                changed("trust", service().checks(check(http("http://10.0.0.7:8080/", "", true)))),
                changed("interval", service().checks(timed(20, null, null, null))),
                changed("timeout", service().checks(timed(10, 3, null, null))),
                changed("first status", service().checks(timed(10, null, CheckStatus.PASSING, null))),
                changed("deregister after", service().checks(timed(10, null, null, 60))),
                changed("successes", service().checks(thresholds(2, 0, 0))),
                changed("failures before warning", service().checks(thresholds(0, 2, 0))),
                changed("failures before critical", service().checks(thresholds(0, 0, 2))));
    }

    /** It lies open in the metadata: who reads the catalog must not be able to try tokens against it. */
    @Test
    void writesNothingForAnotherToken() {
        ObservedService before = written(service().definition());
        ServiceDefinition other = service().token("secret").definition();

        assertThat(planner.decide(other.id(), other, before, null)).isInstanceOf(InSync.class);
    }

    private static TestServices service() {
        return TestServices.web("node-1:web:80")
                .tags("a", "b")
                .taggedAddresses(Map.of("lan_ipv6", "2001:db8::7"))
                .meta(Map.of("team", "shop"))
                .weights(7, 2)
                .checks(CHECK);
    }

    private ObservedService written(ServiceDefinition definition) {
        Register register = (Register) planner.decide(definition.id(), definition, null, null);
        return register.definition().asObserved();
    }

    private static Probe.Http http(String url, String method, boolean skipVerify) {
        return new Probe.Http(url, method, ImmutableListMultimap.of(), "", skipVerify, "");
    }

    private static CheckDefinition check(Probe probe) {
        return new CheckDefinition("http", probe, Duration.ofSeconds(10), null, null, null, 0, 0, 0);
    }

    private static CheckDefinition timed(
            int interval, @Nullable Integer timeout, @Nullable CheckStatus first, @Nullable Integer deregisterAfter) {
        return new CheckDefinition(
                "http",
                CHECK.probe(),
                Duration.ofSeconds(interval),
                timeout == null ? null : Duration.ofSeconds(timeout),
                first,
                deregisterAfter == null ? null : Duration.ofSeconds(deregisterAfter),
                0,
                0,
                0);
    }

    private static CheckDefinition thresholds(int successes, int warning, int critical) {
        return new CheckDefinition(
                "http", CHECK.probe(), CHECK.interval(), null, null, null, successes, warning, critical);
    }

    private static Arguments changed(String part, TestServices service) {
        return Arguments.of(part, service.definition());
    }

    private static Arguments altered(String part, Consumer<Fields> change) {
        return Arguments.of(part, (UnaryOperator<ObservedService>) service -> {
            Fields fields = new Fields(service);
            change.accept(fields);
            return fields.service();
        });
    }

    private static ImmutableSortedMap<String, String> with(
            ImmutableSortedMap<String, String> meta, String key, String value) {
        ImmutableSortedMap.Builder<String, String> changed = ImmutableSortedMap.naturalOrder();
        meta.forEach((each, was) -> {
            if (!each.equals(key)) {
                changed.put(each, was);
            }
        });
        return changed.put(key, value).buildOrThrow();
    }

    /** A registered service whose parts can be altered. */
    private static final class Fields {
        private final ObservedService was;
        private String name;
        private ImmutableList<String> tags;
        private String address;
        private int port;
        private ImmutableSortedMap<String, String> tagged;
        private ImmutableSortedMap<String, String> meta;
        private Weights weights;
        private boolean override;

        Fields(ObservedService was) {
            this.was = was;
            name = was.name();
            tags = was.tags();
            address = was.address();
            port = was.port();
            tagged = was.taggedAddresses();
            meta = was.meta();
            weights = was.weights();
            override = was.enableTagOverride();
        }

        ObservedService service() {
            return new ObservedService(was.id(), name, tags, address, port, tagged, meta, weights, override);
        }
    }
}
