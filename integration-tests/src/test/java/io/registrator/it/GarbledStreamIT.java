package io.registrator.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.testing.Await;
import io.registrator.testing.engine.Answer;
import io.registrator.testing.engine.Answer.Ending;
import io.registrator.testing.engine.ApiVersion;
import io.registrator.testing.engine.ContainerSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is no event, in the place of one. */
class GarbledStreamIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration A_WHILE = Duration.ofSeconds(3);
    /** The longest wait between two tries is a second, shortened by up to a half; the first few are shorter. */
    private static final int TRIES_IN_A_WHILE = 10;

    /**
     * Who hangs up without a word may have closed a connection that was kept alive: for each of these, once more. And the
     * HTTP client asks once more by itself.
     */
    private static final int KEPT_ALIVE = 40;

    private static final String HANG_UP = "no answer";
    private static final String EVENT =
            "{\"Type\":\"container\",\"Action\":\"start\",\"Actor\":{\"ID\":\"0123\",\"Attributes\":{}}}\n";
    private static final Map<String, String> GARBAGE = Map.of(
            "half of an event", "{\"Type\":\"container\",\"Act",
            "a page", "<html><body>502 Bad Gateway</body></html>\n",
            "bytes", "\u0000\u0001\u00ff\u00fe\u0080\n",
            "a text", "\"text\"\n",
            "a list", "[1,2,3]\n",
            "an abyss", "[".repeat(100_000));

    @Test
    void costsOneReconnectAndNoEvent() throws Exception {
        try (Simulation simulation = Simulation.start(ApiVersion.V1_41)) {
            long streams = simulation.engine().requests("/events");
            int port = 20_000;
            for (Map.Entry<String, String> kind : GARBAGE.entrySet()) {
                simulation.engine().events().garble(kind.getValue().getBytes(ISO_8859_1));
                simulation.engine().run(ContainerSpec.named("c" + port).publish(80, port));
                port++;

                simulation.awaitEqual(SOON);
                streams++;
                awaitStream(simulation, streams, kind.getKey());
            }
            simulation.engine().run(ContainerSpec.named("last").publish(80, port));
            simulation.awaitEqual(SOON);
            assertThat(simulation.engine().requests("/events")).isEqualTo(streams);
            assertThat(simulation.daemon().log()).doesNotContain("ERROR");
        }
    }

    @Test
    void doesNotMakeItSpinWhereThereIsNothingElse() throws Exception {
        Map<String, Answer> answers = new LinkedHashMap<>();
        answers.put("an error page", Answer.htmlErrorPage());
        answers.put(HANG_UP, Answer.hangUp());
        answers.put("an empty stream", Answer.stream("", Ending.CLOSE));
        answers.put("an event, and garbage", Answer.stream(EVENT + "\u0000garbage\n", Ending.HANG));
        answers.put("an error", Answer.error(500, "out of order"));
        try (Simulation simulation = Simulation.start(ApiVersion.V1_41)) {
            for (Map.Entry<String, Answer> kind : answers.entrySet()) {
                simulation.engine().faults().answer("/events", kind.getValue());
                simulation.engine().events().cut();
                assertTriesNowAndThen(simulation, kind.getKey());
                simulation.engine().faults().heal();

                String id = simulation.engine().run(ContainerSpec.named("c").publish(80, 20_000));
                simulation.awaitEqual(SOON);
                Await.until(
                        "a stream again after " + kind.getKey(),
                        SOON,
                        () -> simulation.engine().events().count() == 1);
                simulation.engine().remove(id);
            }
        }
    }

    private static void assertTriesNowAndThen(Simulation simulation, String kind) throws InterruptedException {
        long tries = simulation.engine().requests("/events");
        Duration cpu = simulation.daemon().cpuTime();
        Instant end = Instant.now().plus(A_WHILE);
        Await.until("a while is over", SOON, () -> Instant.now().isAfter(end));
        assertThat(simulation.engine().requests("/events") - tries)
                .as(kind)
                .isBetween(1L, kind.equals(HANG_UP) ? 2L * (KEPT_ALIVE + TRIES_IN_A_WHILE) : TRIES_IN_A_WHILE);
        assertThat(simulation.daemon().cpuTime().minus(cpu)).as(kind).isLessThan(A_WHILE.dividedBy(3));
    }

    private static void awaitStream(Simulation simulation, long streams, String kind) throws InterruptedException {
        Await.until(
                "a stream again after " + kind,
                SOON,
                () -> simulation.engine().events().count() == 1
                        && simulation.engine().requests("/events") == streams);
    }
}
