package io.registrator.reconcile;

import io.registrator.model.HostAddress;
import io.registrator.model.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the host's address. It is asked for when the first service needs it, again and again until it is known, and from then
 * on with each full pass. What was known once stays until another address is known:
 *
 * <pre>
 *             need()              known
 *   not asked ──────► asking ───────────────► known ──┐ asked with each pass:
 *                      ▲  │ not known           ▲     │ another address takes its place
 *                      └──┘ after a while       └─────┘
 * </pre>
 */
final class HostAddressCache {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

    private final HostAddressSource source;
    private final LoopContext context;
    private final Consumer<HostAddress> changed;
    private final Backoff backoff;

    private HostAddress current = HostAddress.NOT_ASKED;
    private boolean needed;
    private boolean asking;
    private int failures;
    private @Nullable Instant due;

    /** @param changed is told, on the loop's thread, of all that is new about the address */
    HostAddressCache(HostAddressSource source, LoopContext context, Consumer<HostAddress> changed) {
        this.source = source;
        this.context = context;
        this.changed = changed;
        this.backoff = context.backoff(FIRST_WAIT, LONGEST_WAIT);
    }

    /** There is a service that needs it. */
    void need() {
        if (!needed) {
            needed = true;
            due = context.now();
        }
    }

    /** A full pass begins: it may have changed. */
    void beginPass() {
        if (needed) {
            due = context.now();
        }
    }

    void advance(Instant now) {
        if (due == null || now.isBefore(due) || asking) {
            return;
        }
        due = null;
        asking = true;
        context.ask(() -> Outcome.success(source.find()), this::found);
    }

    private void found(Outcome<HostAddress> outcome) {
        asking = false;
        HostAddress found = switch (outcome) {
            case Outcome.Success<HostAddress>(HostAddress address) -> address;
            case Outcome.Failed<HostAddress>(var bug) -> new HostAddress.Awaited(bug.message());
        };
        HostAddress before = current;
        if (found instanceof HostAddress.Known known) {
            failures = 0;
            current = known;
            if (!known.equals(before)) {
                context.observer().hostAddressFound(known, before);
            }
        } else if (!(current instanceof HostAddress.Known)) {
            failures++;
            due = context.now().plus(backoff.after(failures));
            current = found;
            context.observer().hostAddressUnknown(found, failures);
        }
        if (!current.equals(before)) {
            changed.accept(current);
        }
    }

    /** Whether the first answer, that services need, is still to come. */
    boolean isBeingFound() {
        return needed && failures == 0 && !(current instanceof HostAddress.Known);
    }

    Optional<Instant> nextDue() {
        return asking ? Optional.empty() : Optional.ofNullable(due);
    }
}
