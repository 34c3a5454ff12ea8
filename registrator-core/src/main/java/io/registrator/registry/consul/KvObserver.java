package io.registrator.registry.consul;

import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notices when somebody else changes the tree that readers read. For one thread. */
final class KvObserver {
    private static final Logger LOG = LoggerFactory.getLogger(KvObserver.class);
    private static final Duration HELD_OPEN = Duration.ofSeconds(60);
    /** So that the outcome of our own write is known before what it changed is looked at. */
    private static final Duration BREATH = Duration.ofMillis(200);

    private final KvApi api;
    private final String prefix;
    private final KvTrees trees;
    private final RetryPace pace;
    private long index;
    private boolean isAway;

    /** @param prefix of the entries, with the slash after it */
    KvObserver(KvApi api, String prefix, KvTrees trees, RetryPace pace) {
        this.api = api;
        this.prefix = prefix;
        this.trees = trees;
        this.pace = pace;
    }

    /** Asks once; runs {@code hint} if the entries are not as we know them; returns how long to wait before asking again. */
    Duration observe(Runnable hint) throws InterruptedException {
        try {
            KvApi.Tree now = api.nextTree(prefix, index, index == 0 ? Duration.ZERO : HELD_OPEN);
            Thread.sleep(BREATH);
            if (!trees.areEntries(now.pairs())) {
                hint.run();
            }
            pace.reset();
            isAway = false;
            // An index that fell belongs to another history: start over.
            index = now.index() < index ? 0 : Math.max(1, now.index());
            return Watch.restAfter(now.pairs().size());
        } catch (IOException away) {
            LOG.debug("The key-value tree cannot be watched for the moment: {}", away.getMessage());
            index = 0;
            if (!isAway) {
                // The loop is to see for itself that nothing can be written now.
                hint.run();
            }
            isAway = true;
            return pace.next();
        }
    }
}
