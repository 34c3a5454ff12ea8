package io.registrator.reconcile;

import io.registrator.model.Failure;
import io.registrator.model.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What the parts of the loop share: its queue, time, threads and chance, and who is told. */
record LoopContext(WorkQueue queue, LoopRuntime runtime, ReconcileObserver observer) {
    Instant now() {
        return runtime.clock().instant();
    }

    Backoff backoff(Duration first, Duration longest) {
        return new Backoff(first, longest, runtime.random());
    }

    /** Asks a peer on a thread of the workers, and has its outcome taken in on the loop's own thread. */
    <T> void ask(Supplier<Outcome<T>> request, Consumer<Outcome<T>> then) {
        runtime.workers().execute(() -> {
            Outcome<T> outcome = attempt(request);
            queue.post(() -> then.accept(outcome));
        });
    }

    /** An adapter that throws has a bug; its request still has an end. */
    private static <T> Outcome<T> attempt(Supplier<Outcome<T>> request) {
        try {
            return request.get();
        } catch (RuntimeException | Error bug) {
            return Outcome.failed(new Failure.Transient("internal error: " + bug));
        }
    }

    @SafeVarargs
    static Optional<Instant> earliest(Optional<Instant>... dues) {
        return Arrays.stream(dues).flatMap(Optional::stream).min(Instant::compareTo);
    }
}
