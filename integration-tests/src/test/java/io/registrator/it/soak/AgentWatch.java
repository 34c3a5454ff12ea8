package io.registrator.it.soak;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Looks at the agent's own services all the time. One that does not answer shows nothing. */
final class AgentWatch implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Consul agent;
    private final Watched watched;
    private final Thread thread;

    AgentWatch(Consul agent, Watched watched) {
        this.agent = agent;
        this.watched = watched;
        this.thread = Thread.ofVirtual().start(this::watch);
    }

    /** From now on they must stay as they are. */
    void begin() throws IOException, InterruptedException {
        Map<String, String> sight = sight();
        if (!watched.begin(sight)) {
            throw new AssertionError("not all that is to be watched is there: " + sight.keySet());
        }
    }

    void suspend() {
        watched.suspend();
    }

    private void watch() {
        try {
            while (true) {
                look();
                Thread.sleep(BETWEEN_LOOKS);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        Watched.Expectation expected = watched.expected();
        if (expected == null) {
            return;
        }
        try {
            watched.compare(expected, sight());
        } catch (IOException away) {
            // Whether it should be away is what the faults decide.
        }
    }

    private Map<String, String> sight() throws IOException, InterruptedException {
        JsonObject services = agent.get("/v1/agent/services");
        JsonObject checks = agent.get("/v1/agent/checks");
        Map<String, String> sight = new HashMap<>();
        services.entrySet()
                .forEach(entry -> sight.put(entry.getKey(), entry.getValue().toString()));
        checks.asMap().values().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(check -> check.get("Status").getAsString().equals("critical"))
                .forEach(check -> sight.computeIfPresent(
                        check.get("ServiceID").getAsString(), (id, service) -> service + " critical"));
        return sight;
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join(Duration.ofSeconds(10));
    }
}
