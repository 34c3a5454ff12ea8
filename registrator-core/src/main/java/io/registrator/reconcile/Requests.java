package io.registrator.reconcile;

import io.registrator.model.Failure;
import io.registrator.model.Outcome;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Asks peers on threads of {@code workers} and hands each outcome back to the loop's own thread. */
final class Requests {
    private final Executor workers;
    private final Mailbox mailbox;

    Requests(Executor workers, Mailbox mailbox) {
        this.workers = workers;
        this.mailbox = mailbox;
    }

    <T> void ask(Supplier<Outcome<T>> request, Consumer<Outcome<T>> then) {
        workers.execute(() -> {
            Outcome<T> outcome = attempt(request);
            mailbox.post(() -> then.accept(outcome));
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
}
