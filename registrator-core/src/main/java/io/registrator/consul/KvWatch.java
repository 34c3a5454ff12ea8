package io.registrator.consul;

import static com.google.common.base.Preconditions.checkState;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that notices when somebody else changes the tree that readers read. */
final class KvWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KvWatch.class);
    private static final Duration HELD_OPEN = Duration.ofSeconds(60);
    /** So that the outcome of our own write is known before what it changed is looked at. */
    private static final Duration BREATH = Duration.ofMillis(200);

    private final KvApi api;
    private final String prefix;
    private final KvTrees trees;
    private final RetryPace pace;
    private @Nullable Thread thread;

    /** @param prefix of the entries, with the slash after it */
    KvWatch(KvApi api, String prefix, KvTrees trees, RetryPace pace) {
        this.api = api;
        this.prefix = prefix;
        this.trees = trees;
        this.pace = pace;
    }

    synchronized void start(Runnable hint) {
        checkState(thread == null, "the tree is watched already");
        thread = Thread.ofVirtual().name("consul-kv-watch").start(() -> watch(hint));
    }

    @Override
    public synchronized void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void watch(Runnable hint) {
        try {
            long index = 0;
            while (true) {
                index = next(index, hint);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private long next(long index, Runnable hint) throws InterruptedException {
        try {
            KvApi.Tree now = api.nextTree(prefix, index, index == 0 ? Duration.ZERO : HELD_OPEN);
            Thread.sleep(BREATH);
            if (!trees.areEntries(now.pairs())) {
                hint.run();
            }
            pace.reset();
            // An index that fell belongs to another history: start over.
            return now.index() < index ? 0 : Math.max(1, now.index());
        } catch (IOException away) {
            LOG.debug("The key-value tree cannot be watched for the moment: {}", away.getMessage());
            Thread.sleep(pace.next());
            return 0;
        }
    }
}
