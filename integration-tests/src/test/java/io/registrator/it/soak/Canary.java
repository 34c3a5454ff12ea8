package io.registrator.it.soak;

import com.google.gson.JsonObject;
import io.registrator.testing.Await;
import java.io.IOException;
import java.time.Duration;

/**
 * A service that the catalog has under the agent's node and the agent does not: the agent removes it when it compares
 * itself with its servers, which it does when it finds the time, up to about two minutes after it was started.
 */
final class Canary {
    static final String ID = "soak-canary";
    /** How long Consul may take for that. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    /** What else it compares in the same go is over by then. */
    private static final Duration SETTLING = Duration.ofSeconds(2);

    private static final Duration TO_BE_SEEN = Duration.ofSeconds(10);

    private final Consul witness;
    private final Timeline timeline;
    private State state = State.GONE;
    private long since = System.nanoTime();
    private Duration worst = Duration.ZERO;
    private boolean told;

    private enum State {
        PLANTED,
        SEEN,
        GONE
    }

    Canary(Consul witness, Timeline timeline) {
        this.witness = witness;
        this.timeline = timeline;
    }

    /** While the agent is away. */
    void plant() throws IOException, InterruptedException {
        synchronized (this) {
            state = State.PLANTED;
            since = System.nanoTime();
        }
        witness.put("/v1/catalog/register", definition());
        Await.until("the catalog shows a canary", TO_BE_SEEN, () -> !isIn(State.PLANTED));
    }

    /** The catalog has been looked at. */
    synchronized void saw(boolean there) {
        switch (state) {
            case PLANTED -> state = there ? State.SEEN : State.PLANTED;
            case SEEN -> {
                if (!there) {
                    state = State.GONE;
                    Duration took = age();
                    worst = worst.compareTo(took) > 0 ? worst : took;
                    since = System.nanoTime();
                    timeline.note("the catalog is the agent's again after " + took.toSeconds() + " s");
                } else if (age().compareTo(PATIENCE) > 0 && !told) {
                    told = true;
                    timeline.trouble(Trouble.DIVERGENCE, "the catalog is not the agent's after " + PATIENCE);
                }
            }
            case GONE -> {}
        }
    }

    /** Whether the catalog is the agent's. */
    synchronized boolean hasSettled() {
        return state == State.GONE && age().compareTo(SETTLING) > 0;
    }

    /** The longest that it took the agent. */
    synchronized Duration worst() {
        return worst;
    }

    private synchronized boolean isIn(State which) {
        return state == which;
    }

    private Duration age() {
        return Duration.ofNanos(System.nanoTime() - since);
    }

    private static String definition() {
        JsonObject service = new JsonObject();
        service.addProperty("ID", ID);
        service.addProperty("Service", ID);
        JsonObject node = new JsonObject();
        node.addProperty("Node", ConsulCluster.AGENT_NODE);
        node.addProperty("Address", "127.0.0.1");
        node.addProperty("SkipNodeUpdate", true);
        node.add("Service", service);
        return node.toString();
    }
}
