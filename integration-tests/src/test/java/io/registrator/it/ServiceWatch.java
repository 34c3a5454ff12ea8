package io.registrator.it;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Looks again and again at how many instances of a service pass. */
final class ServiceWatch implements AutoCloseable {
    private final AtomicInteger fewest;
    private final Thread thread;

    /** @param now how many pass at this moment */
    ServiceWatch(Agent agent, String name, int now) {
        fewest = new AtomicInteger(now);
        thread = Thread.ofVirtual().start(() -> watch(agent, name));
    }

    private void watch(Agent agent, String name) {
        try {
            while (true) {
                int passing = agent.passing(name);
                fewest.accumulateAndGet(passing, Math::min);
                Thread.sleep(20);
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } catch (IOException lost) {
            fewest.set(-1);
        }
    }

    /** The fewest that were seen; negative when it could not look. */
    int fewest() {
        return fewest.get();
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
