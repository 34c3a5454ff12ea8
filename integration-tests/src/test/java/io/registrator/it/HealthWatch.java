package io.registrator.it;

import com.google.common.util.concurrent.Uninterruptibles;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.registrator.testing.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Looks at the checks of all services without a break, as the agent shows them, and keeps every sight of one that does not
 * pass, and of a service that is gone.
 */
final class HealthWatch implements AutoCloseable {
    private final Agent agent;
    private final Set<String> services;
    private final Set<String> checks = ConcurrentHashMap.newKeySet();
    private final Queue<String> troubles = new ConcurrentLinkedQueue<>();
    private final AtomicInteger looks = new AtomicInteger();
    private final Thread thread;

    /** @param services IDs of those that must be there all the time */
    HealthWatch(Agent agent, Collection<String> services) {
        this.agent = agent;
        this.services = Set.copyOf(services);
        this.thread = Thread.ofVirtual().start(this::watch);
    }

    /** What was not as it should be; empty while all is well. */
    Collection<String> troubles() {
        return troubles;
    }

    /** The IDs of all checks that were ever seen. */
    Set<String> checks() {
        return checks;
    }

    /** Until it has looked so often again. */
    HealthWatch awaitLooks(int count) throws InterruptedException {
        int before = looks.get();
        Await.until(count + " looks at the checks", Duration.ofSeconds(20), () -> looks.get() >= before + count);
        return this;
    }

    private void watch() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                look();
            }
        } catch (IOException e) {
            troubles.add("cannot look: " + e);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws IOException, InterruptedException {
        Set<String> there = agent.services().keySet();
        services.stream().filter(id -> !there.contains(id)).forEach(id -> troubles.add(id + " is gone"));
        JsonParser.parseString(agent.get("/v1/agent/checks")).getAsJsonObject().asMap().values().stream()
                .map(JsonElement::getAsJsonObject)
                .forEach(this::look);
        looks.incrementAndGet();
    }

    private void look(JsonObject check) {
        checks.add(check.get("CheckID").getAsString());
        String status = check.get("Status").getAsString();
        if (!status.equals("passing")) {
            troubles.add(check.get("CheckID").getAsString() + " is " + status + ": "
                    + check.get("Output").getAsString());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        Uninterruptibles.joinUninterruptibly(thread);
    }
}
