package io.registrator.it.stacks;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The replicas of a stack's web service, and what people do to them. */
final class Scaling {
    private final Stack stack;
    private final LoadClient load;
    private final Set<String> running;
    private int started;

    /** @param running those that run already and answer */
    Scaling(Stack stack, LoadClient load, String... running) {
        this.stack = stack;
        this.load = load;
        this.running = new LinkedHashSet<>(Set.of(running));
    }

    /** Up at once, or down at once, the oldest first; until the proxy asks just the wanted ones. */
    Scaling to(int count) throws InterruptedException {
        add(count - running.size());
        removeOldest(running.size() - count);
        load.awaitBackends(running());
        return this;
    }

    /** Each by a new one, two at a time: first start, then stop. */
    Scaling replaceAll() throws InterruptedException {
        int old = running.size();
        for (int replaced = 0; replaced < old; replaced += 2) {
            int batch = Math.min(2, old - replaced);
            add(batch);
            load.awaitBackends(running());
            removeOldest(batch);
        }
        load.awaitBackends(running());
        return this;
    }

    Set<String> running() {
        return new TreeSet<>(running);
    }

    private void add(int count) {
        try (ExecutorService starts = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                String suffix = "n" + ++started;
                running.add(stack.name(suffix));
                starts.execute(() -> stack.web(suffix));
            }
        }
    }

    private void removeOldest(int count) throws InterruptedException {
        Set<String> oldest = new LinkedHashSet<>();
        running.stream().limit(Math.max(0, count)).forEach(oldest::add);
        running.removeAll(oldest);
        stack.stop(oldest);
    }
}
