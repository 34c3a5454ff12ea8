package io.registrator.registry.consul;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.registrator.net.http.HttpCall;
import io.registrator.testing.TestServices;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AgentObserverTest {
    private static final String SELF =
            "{\"Config\":{\"Version\":\"1.8.7\",\"NodeName\":\"n 1\"},\"Member\":{\"Addr\":\"10.0.0.1\"}}";

    private final ScriptedTransport agent = new ScriptedTransport();
    private final KnownServices known = new KnownServices();
    private final AtomicInteger aways = new AtomicInteger();
    private final AtomicInteger hints = new AtomicInteger();
    private final AgentObserver observer =
            new AgentObserver(agent.api(), known, aways::incrementAndGet, pace(100, 400), pace(1000, 3000));

    @Test
    void asksAtFirstForTheStateAndThenForItsChange() {
        agent.reply(200, SELF);
        catalog(7);
        catalog(7);

        observe();
        observe();

        assertThat(agent.calls())
                .extracting(HttpCall::target)
                .containsExactly(
                        "/v1/agent/self",
                        "/v1/catalog/node-services/n%201?stale&index=0&wait=0s",
                        "/v1/catalog/node-services/n%201?stale&index=7&wait=60s");
        assertThat(hints).hasValue(0);
    }

    @Test
    void waitsLongerThanTheAgentHoldsItsAnswer() {
        start();
        catalog(7);

        observe();

        assertThat(agent.calls().getLast().deadline()).isGreaterThan(Duration.ofSeconds(60 + 4 + 10));
    }

    @Test
    void hintsAtServicesThatWeDoNotKnow() {
        start("consul");
        catalog(8, "consul", "stranger");

        observe();

        assertThat(hints).hasValue(1);
    }

    @Test
    void hintsAtServicesOfOursThatVanish() {
        wrote("a");
        start("a");
        catalog(8);

        observe();

        assertThat(hints).hasValue(1);
    }

    @Test
    void isSilentAboutWhatWeDid() {
        wrote("b");
        start("a");
        catalog(8, "a", "b");
        observe();
        known.removed(TestServices.web("b").definition().id());
        catalog(9, "a");
        observe();

        assertThat(hints).hasValue(0);
    }

    @Test
    void isSilentWhereItMayNotSeeTheNode() {
        start();
        agent.reply(200, "{\"Node\":null,\"Services\":null}", "x-consul-index", "9");

        observe();

        assertThat(hints).hasValue(0);
    }

    @Test
    void startsOverWhenTheIndexFalls() {
        start();
        catalog(3);
        catalog(4);

        observe();
        observe();

        assertThat(agent.calls().getLast().target()).contains("index=0");
    }

    @Test
    void neverAsksWithoutPause() {
        start();
        agent.reply(200, "{}");
        catalog(8);

        assertThat(observe()).isPositive();
        assertThat(observe()).isPositive();
        assertThat(agent.calls()).extracting(HttpCall::target).last().asString().contains("wait=0s");
    }

    @Test
    void hintsOnceWhenTheAgentIsGoneAndOnceWhenItIsBackAndAsksAnewWhoItIs() {
        start("a");
        agent.fail("connection refused").fail("connection refused").reply(200, SELF);
        catalog(2, "a");
        catalog(2, "a");

        assertThat(observe()).isEqualTo(Duration.ofMillis(100));
        assertThat(observe()).isEqualTo(Duration.ofMillis(200));
        assertThat(hints).hasValue(1);
        assertThat(aways).hasValue(2);
        observe();
        observe();

        assertThat(hints).hasValue(2);
    }

    @Test
    void neverWaitsLongForAnAgentThatIsAway() {
        for (int i = 0; i < 10; i++) {
            agent.fail("connection refused");
            assertThat(observe()).isLessThanOrEqualTo(Duration.ofMillis(400));
        }
    }

    @Test
    void hintsWhenAnAgentIsBackThatCannotTellYet() {
        start();
        agent.fail("connection reset").reply(200, SELF).reply(500, "No known Consul servers");

        observe();
        observe();

        assertThat(hints).hasValue(2);
    }

    @Test
    void asksLessAndLessWhatTheAgentCannotTell() {
        start();
        agent.reply(500, "No cluster leader").reply(500, "No cluster leader").reply(500, "No cluster leader");

        assertThat(Stream.generate(this::observe).limit(3))
                .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3));
        assertThat(hints).hasValue(0);
    }

    @Test
    void asksLessAndLessWhereItIsForbiddenButNeverStops() {
        agent.reply(403, "Permission denied").reply(403, "Permission denied").reply(403, "Permission denied");

        assertThat(Stream.generate(this::observe).limit(3))
                .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3));
        assertThat(hints).hasValue(0);
    }

    @Test
    void aSingleRefusalDoesNotHideWhatIsLostMeanwhile() {
        wrote("a");
        start("a");
        agent.reply(403, "Permission denied");
        catalog(3);

        assertThat(observe()).isEqualTo(Duration.ofSeconds(1));
        observe();

        assertThat(hints).hasValue(1);
    }

    @Test
    void saysEveryMissingRuleOnce() {
        Logger logger = (Logger) LoggerFactory.getLogger(AgentObserver.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        agent.reply(403, "Permission denied").reply(403, "Permission denied");
        observe();
        observe();
        agent.reply(200, SELF).reply(403, "Permission denied").reply(403, "Permission denied");
        observe();
        observe();
        logger.detachAppender(log);

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .satisfiesExactly(
                        first -> assertThat(first).contains("agent:read"),
                        second -> assertThat(second).contains("node:read"));
    }

    /** The first look, at these services. */
    private void start(String... ids) {
        agent.reply(200, SELF);
        catalog(7, ids);
        observe();
    }

    private Duration observe() {
        return observer.observe(hints::incrementAndGet);
    }

    private void catalog(long index, String... ids) {
        String services = Stream.of(ids).map(id -> "{\"ID\":\"" + id + "\"}").collect(joining(","));
        agent.reply(200, "{\"Services\":[" + services + "]}", "x-consul-index", String.valueOf(index));
    }

    private void wrote(String id) {
        known.listed(known.beforeListing(), ImmutableMap.of());
        known.wrote(TestServices.web(id).definition(), ImmutableSet.of());
    }

    private static RetryPace pace(long firstMillis, long limitMillis) {
        return new RetryPace(Duration.ofMillis(firstMillis), Duration.ofMillis(limitMillis), () -> 0);
    }
}
