package io.registrator.it.soak;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import io.registrator.testing.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Compares engine and Consul when nothing is wrong and nothing is done. */
final class Checker {
    private static final Duration LONGEST = Duration.ofSeconds(45);
    private static final Duration BETWEEN_LOOKS_AT_ENGINE = Duration.ofMillis(500);
    private static final long STEP_MILLIS = 20;
    /** What was on its way yet has arrived by then. */
    private static final Duration REST = Duration.ofMillis(400);

    private final EngineView engine;
    private final AgentView agent;
    private final Timeline timeline;

    Checker(EngineView engine, AgentView agent, Timeline timeline) {
        this.engine = engine;
        this.agent = agent;
        this.timeline = timeline;
    }

    /** Until both are equal; how long that took, from now or from the last change of the engine by itself. */
    Duration converge(String after, Duration patience) throws InterruptedException {
        Duration took = untilEqual(after);
        if (took.compareTo(patience) > 0 && took.compareTo(LONGEST) < 0) {
            timeline.trouble(
                    Trouble.LATE, "after %s it took %d ms to be equal again".formatted(after, took.toMillis()));
        }
        Thread.sleep(REST);
        stays(after);
        return took;
    }

    private Duration untilEqual(String after) throws InterruptedException {
        long begin = System.nanoTime();
        long since = begin;
        ImmutableSortedMap<String, Seen> expected = engine.expected();
        long lookedAt = System.nanoTime();
        String unlike = "";
        while (age(begin).compareTo(LONGEST) < 0) {
            unlike = difference(expected);
            if (unlike.isEmpty()) {
                return age(since);
            }
            if (age(lookedAt).compareTo(BETWEEN_LOOKS_AT_ENGINE) > 0) {
                ImmutableSortedMap<String, Seen> now = engine.expected();
                lookedAt = System.nanoTime();
                since = now.equals(expected) ? since : lookedAt;
                expected = now;
            }
            Thread.sleep(STEP_MILLIS);
        }
        timeline.trouble(Trouble.DIVERGENCE, "after " + after + ": " + unlike);
        return LONGEST;
    }

    /** Unless the engine itself is not the same any more. */
    private void stays(String after) throws InterruptedException {
        ImmutableSortedMap<String, Seen> expected = engine.expected();
        String unlike = difference(expected);
        if (!unlike.isEmpty() && engine.expected().equals(expected)) {
            Duration took = untilEqual("having been equal after " + after);
            timeline.note("was not equal for a moment longer, for %d ms, after %s: %s"
                    .formatted(took.toMillis(), after, unlike));
            if (took.compareTo(REST) > 0) {
                timeline.trouble(Trouble.DIVERGENCE, "after " + after + " it did not stay equal: " + unlike);
            }
        }
    }

    private String difference(Map<String, Seen> expected) throws InterruptedException {
        try {
            Map<String, Seen> seen = agent.services();
            return seen.equals(expected) ? "" : "engine and Consul: " + Maps.difference(expected, seen);
        } catch (IOException away) {
            return "the agent does not answer: " + away;
        }
    }

    /** Until the catalog has what the agent has. */
    void catalogFollows(Consul witness, Canary canary, Duration patience) throws InterruptedException {
        Await.until("the catalog is what the agent has", patience, () -> {
            var services = witness.get("/v1/catalog/node/" + ConsulCluster.AGENT_NODE + "?stale")
                    .getAsJsonObject("Services");
            return canary.hasSettled()
                    && agent.services().entrySet().stream()
                            .allMatch(entry -> services.has(entry.getKey())
                                    && AgentView.address(services.getAsJsonObject(entry.getKey()))
                                            .equals(entry.getValue().address()))
                    && services.size() == agent.all();
        });
    }

    private static Duration age(long since) {
        return Duration.ofNanos(System.nanoTime() - since);
    }
}
