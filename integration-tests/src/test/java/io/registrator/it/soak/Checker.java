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

    /**
     * How equality came about.
     *
     * @param took from the beginning or from the last change of the engine by itself
     */
    private record Equality(ImmutableSortedMap<String, Seen> services, Duration took) {}

    /** Until both are equal; how long that took, from now or from the last change of the engine by itself. */
    Duration converge(String after, Duration patience) throws InterruptedException {
        Equality equality = untilEqual(after, patience);
        Thread.sleep(REST);
        if (!timeline.isOver()) {
            insistOnRest(after, equality, patience);
        }
        return equality.took();
    }

    private Equality untilEqual(String after, Duration patience) throws InterruptedException {
        long begin = System.nanoTime();
        long since = begin;
        ImmutableSortedMap<String, Seen> expected = engine.expected();
        long lookedAt = System.nanoTime();
        String unlike = "";
        while (age(begin).compareTo(LONGEST) < 0) {
            unlike = difference(expected);
            if (unlike.isEmpty()) {
                return inTime(after, new Equality(expected, age(since)), patience);
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
        return new Equality(expected, LONGEST);
    }

    private Equality inTime(String after, Equality equality, Duration patience) {
        if (equality.took().compareTo(patience) > 0) {
            timeline.trouble(
                    Trouble.LATE,
                    "after %s it took %d ms to be equal again"
                            .formatted(after, equality.took().toMillis()));
        }
        return equality;
    }

    /** What was equal stays so, unless the engine itself is not the same any more: health takes its time. */
    private void insistOnRest(String after, Equality equality, Duration patience) throws InterruptedException {
        String unlike = difference(equality.services());
        if (unlike.isEmpty()) {
            return;
        }
        if (engine.expected().equals(equality.services())) {
            timeline.trouble(Trouble.DIVERGENCE, "after " + after + " it did not stay equal: " + unlike);
        } else {
            var unused = untilEqual("a change of the engine by itself after " + after, patience);
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
