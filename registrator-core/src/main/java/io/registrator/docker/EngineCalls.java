package io.registrator.docker;

import io.registrator.http.Deadlines;
import io.registrator.model.Failure;
import io.registrator.model.Outcome;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Asks the engine, within a deadline; whatever goes wrong comes back as data. */
final class EngineCalls {
    private final Deadlines deadlines;
    private final EngineFailures failures;

    EngineCalls(Deadlines deadlines, EngineFailures failures) {
        this.deadlines = deadlines;
        this.failures = failures;
    }

    <T> Outcome<T> ask(Duration limit, Callable<T> question) {
        try {
            return Outcome.success(deadlines.call(limit, question));
        } catch (ExecutionException e) {
            return Outcome.failed(failures.of(Objects.requireNonNullElse(e.getCause(), e), limit));
        } catch (TimeoutException e) {
            return Outcome.failed(failures.of(e, limit));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.failed(new Failure.Transient("interrupted while asking the Docker engine"));
        }
    }
}
