package io.registrator.reconcile;

import io.registrator.model.Failure;
import io.registrator.model.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a whole listing when somebody wants one: never two at a time, one more when it is wanted again meanwhile, and
 * after a growing wait when it failed.
 */
final class Listing<T> {
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final Supplier<Outcome<T>> request;
    private final Consumer<T> listed;
    private final BiConsumer<Failure, Instant> failed;
    private final LoopContext context;
    private final Backoff backoff;

    private @Nullable Instant wantedAt;
    private boolean running;
    private int failures;

    /**
     * Asks for nothing yet.
     *
     * @param failed is told why, and when it was asked for
     */
    Listing(
            Supplier<Outcome<T>> request,
            Consumer<T> listed,
            BiConsumer<Failure, Instant> failed,
            LoopContext context) {
        this.request = request;
        this.listed = listed;
        this.failed = failed;
        this.context = context;
        this.backoff = context.backoff(FIRST_WAIT, LONGEST_WAIT);
    }

    /** Wants a listing that starts at this time or later. */
    void want(Instant at) {
        if (wantedAt == null || at.isBefore(wantedAt)) {
            wantedAt = at;
        }
    }

    /** Starts a listing if one is due; says whether it did. */
    boolean advance(Instant now) {
        if (running || wantedAt == null || now.isBefore(wantedAt)) {
            return false;
        }
        wantedAt = null;
        running = true;
        context.ask(request, outcome -> answered(outcome, now));
        return true;
    }

    private void answered(Outcome<T> outcome, Instant asked) {
        running = false;
        switch (outcome) {
            case Outcome.Success<T>(T value) -> {
                failures = 0;
                listed.accept(value);
            }
            case Outcome.Failed<T>(Failure why) -> {
                failures++;
                wantedAt = context.now().plus(backoff.after(failures));
                failed.accept(why, asked);
            }
        }
    }

    /** Whether the last one failed. */
    boolean isFailing() {
        return failures > 0;
    }

    /** Whether none is under way or due. */
    boolean isSettled(Instant now) {
        return !running && (wantedAt == null || now.isBefore(wantedAt)) && !isFailing();
    }

    Optional<Instant> nextDue() {
        return running ? Optional.empty() : Optional.ofNullable(wantedAt);
    }
}
