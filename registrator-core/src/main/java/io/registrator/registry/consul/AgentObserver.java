package io.registrator.registry.consul;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.registrator.model.ServiceId;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.apache.hc.core5.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks again and again for the node's services in the catalog, with a query that the agent holds open until they change.
 * Its answer tells who came and went. Its connection breaks the moment that the agent goes away, so the first answer after
 * that comes from an agent that may have forgotten us. For one thread.
 */
final class AgentObserver {
    private static final Logger LOG = LoggerFactory.getLogger(AgentObserver.class);

    private static final Duration HELD_OPEN = Duration.ofSeconds(60);
    /** Between two questions, however fast the answers come. */
    private static final Duration BREATH = Duration.ofMillis(200);

    private final AgentApi api;
    private final KnownServices known;
    private final Runnable onAway;
    private final RetryPace away;
    private final RetryPace unable;

    private @Nullable String node;
    private @Nullable ImmutableSet<String> before;
    private long index;
    private boolean wasAway;
    private @Nullable String saidForbidden;

    /**
     * @param onAway told when the agent does not answer: what it told of itself may no longer hold
     * @param away the pace of asking an agent that does not answer
     * @param unable the pace of asking one that answers that it cannot say
     */
    AgentObserver(AgentApi api, KnownServices known, Runnable onAway, RetryPace away, RetryPace unable) {
        this.api = api;
        this.known = known;
        this.onAway = onAway;
        this.away = away;
        this.unable = unable;
    }

    /** Asks once; runs {@code hint} if that is called for; returns how long to wait before asking again. */
    Duration observe(Runnable hint) {
        try {
            return answered(api.nodeServices(node(), index, index == 0 ? Duration.ZERO : HELD_OPEN), hint);
        } catch (RefusedException e) {
            return refused(e, hint);
        } catch (IOException e) {
            return lost(e, hint);
        }
    }

    private String node() throws IOException {
        if (node == null) {
            node = api.self().nodeName();
        }
        return node;
    }

    private Duration answered(NodeServices now, Runnable hint) {
        boolean cameOrWent = cameOrWent(now.ids());
        before = now.ids();
        // An index that fell belongs to another history: start over.
        index = now.index() < index ? 0 : Math.max(1, now.index());
        unable.reset();
        saidForbidden = null;
        back(cameOrWent, hint);
        return BREATH.plus(Watch.restAfter(now.ids().size()));
    }

    private Duration refused(RefusedException e, Runnable hint) {
        index = 0;
        back(false, hint);
        if (e.status() == HttpStatus.SC_FORBIDDEN) {
            sayForbidden(e);
        } else {
            LOG.debug("The Consul agent cannot be watched for the moment: {}", e.getMessage());
        }
        return unable.next();
    }

    /** The hint makes the loop see for itself that nothing can be written now. */
    private Duration lost(IOException e, Runnable hint) {
        if (!wasAway && !Thread.currentThread().isInterrupted()) {
            LOG.info("The Consul agent does not answer: {}", e.getMessage());
            hint.run();
        }
        wasAway = true;
        node = null;
        index = 0;
        onAway.run();
        return away.next();
    }

    private void back(boolean cameOrWent, Runnable hint) {
        if (wasAway) {
            LOG.info("The Consul agent answers again");
        }
        if (wasAway || cameOrWent) {
            hint.run();
        }
        wasAway = false;
        away.reset();
    }

    /** Whether services did that we hold for absent, or for present: not those that we wrote ourselves. */
    private boolean cameOrWent(ImmutableSet<String> now) {
        if (before == null) {
            return false;
        }
        return Sets.difference(before, now).stream().anyMatch(gone -> isUsable(gone) && isKnown(gone))
                || Sets.difference(now, before).stream().anyMatch(come -> isUsable(come) && !isKnown(come));
    }

    private boolean isKnown(String id) {
        return known.contains(new ServiceId(id));
    }

    private static boolean isUsable(String id) {
        return ServiceId.isValid(id);
    }

    /** Once for each rule that is missing: they come to light one after the other. */
    private void sayForbidden(RefusedException e) {
        if (!Objects.equals(saidForbidden, e.getMessage())) {
            LOG.warn(
                    "The Consul agent may not be watched, so its losses are noticed by the periodic pass alone: {}",
                    e.getMessage());
            saidForbidden = e.getMessage();
        }
    }
}
