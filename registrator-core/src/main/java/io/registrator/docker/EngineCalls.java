package io.registrator.docker;

import io.registrator.model.Failure;
import io.registrator.model.Outcome;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Asks the engine, within a deadline; whatever goes wrong comes back as data. */
final class EngineCalls {
    private final EngineFailures failures;

    EngineCalls(EngineFailures failures) {
        this.failures = failures;
    }

    <T> Outcome<T> ask(Duration limit, Callable<T> question) {
        try {
            return Outcome.success(Deadline.call(limit, question));
        } catch (ExecutionException | TimeoutException e) {
            return Outcome.failed(failures.of(e, limit));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.failed(new Failure.Transient("interrupted while asking the Docker engine"));
        }
    }

    /** The answer in our words. What cannot be put so is that answer's failure, and not ours to fall over. */
    <A, T> Outcome<T> ask(Duration limit, Callable<A> question, Function<A, T> mapper) {
        return switch (ask(limit, question)) {
            case Outcome.Success<A>(var answer) -> understand(answer, mapper);
            case Outcome.Failed<A>(var failure) -> Outcome.failed(failure);
        };
    }

    private <A, T> Outcome<T> understand(A answer, Function<A, T> mapper) {
        try {
            return Outcome.success(mapper.apply(answer));
        } catch (RuntimeException e) {
            return Outcome.failed(failures.unexpected(e));
        }
    }
}
