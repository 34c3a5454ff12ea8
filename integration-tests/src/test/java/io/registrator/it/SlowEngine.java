package io.registrator.it;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** An engine that holds one container's inspects back. */
final class SlowEngine implements AutoCloseable {
    private final Duration delay;
    private final EngineProxy proxy;
    private volatile String held = "/containers/none/json";

    SlowEngine(URI engine, Duration delay) throws IOException {
        this.delay = delay;
        this.proxy = new EngineProxy(engine, this::passes);
    }

    URI uri() {
        return proxy.uri();
    }

    /** From now on inspects of this container take as long as was said. */
    void hold(String containerId) {
        held = "/containers/" + containerId + "/json";
    }

    private boolean passes(String method, String path) throws InterruptedException {
        if (path.contains(held)) {
            Thread.sleep(delay);
        }
        return true;
    }

    @Override
    public void close() {
        proxy.close();
    }
}
