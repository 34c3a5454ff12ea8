package io.registrator.consul;

import static com.google.common.base.Preconditions.checkState;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The thread that keeps watching the agent. */
final class AgentWatch implements AutoCloseable {
    private final AgentObserver observer;
    private final Pause pause;
    private @Nullable Thread thread;

    AgentWatch(AgentObserver observer, Pause pause) {
        this.observer = observer;
        this.pause = pause;
    }

    /** Lets time pass. */
    interface Pause {
        void sleep(Duration time) throws InterruptedException;
    }

    synchronized void start(Runnable hint) {
        checkState(thread == null, "the agent is watched already");
        thread = Thread.ofVirtual().name("consul-watch").start(() -> watch(hint));
    }

    @Override
    public synchronized void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void watch(Runnable hint) {
        try {
            while (true) {
                pause.sleep(observer.observe(hint));
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
