package io.registrator.docker;

import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.github.dockerjava.api.exception.DockerException;
import com.google.common.base.Throwables;
import com.google.common.collect.Iterables;
import io.registrator.model.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** Turns what went wrong on the way to the engine into words that a person can act on. */
final class EngineFailures {
    /** The engine answered, with something that this program cannot read. */
    private static final int ANSWERED = 200;

    private static final int CONFLICT = 409;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;

    private final DockerSettings settings;

    EngineFailures(DockerSettings settings) {
        this.settings = settings;
    }

    Failure of(Throwable thrown, Duration limit) {
        if (find(thrown, TimeoutException.class).isPresent()) {
            return late(limit);
        }
        return find(thrown, DockerException.class)
                .map(this::answered)
                .or(() -> unreadable(thrown))
                .orElseGet(() -> unreachable(thrown));
    }

    /** A well-formed answer that says something unexpected. */
    Failure unexpected(RuntimeException thrown) {
        return new Failure.Rejected(ANSWERED, engine() + " sent what is not understood: " + oneLine(thrown));
    }

    private Failure late(Duration limit) {
        return new Failure.Transient(engine() + " did not answer within " + seconds(limit) + " s");
    }

    private Failure answered(DockerException thrown) {
        var message = engine() + " answered " + oneLine(thrown);
        var status = thrown.getHttpStatus();
        return isForGood(status) ? new Failure.Rejected(status, message) : new Failure.Transient(message);
    }

    private static boolean isForGood(int status) {
        return status >= 300
                && status < 500
                && status != CONFLICT
                && status != REQUEST_TIMEOUT
                && status != TOO_MANY_REQUESTS;
    }

    /** Broken JSON may be whole next time; whole JSON of another shape stays what it is. */
    private Optional<Failure> unreadable(Throwable thrown) {
        var broken = find(thrown, StreamReadException.class)
                .<Failure>map(e -> new Failure.Transient(engine() + " sent broken JSON: " + e.getOriginalMessage()));
        return broken.or(() -> find(thrown, JsonMappingException.class)
                .map(e -> new Failure.Rejected(
                        ANSWERED, engine() + " sent what is not understood: " + e.getOriginalMessage())));
    }

    private Failure unreachable(Throwable thrown) {
        var cause = find(thrown, IOException.class).<Throwable>map(e -> e).orElse(thrown);
        return new Failure.Transient("cannot reach " + engine() + ": " + oneLine(cause) + advice(cause));
    }

    private String advice(Throwable cause) {
        return settings.isUnix() ? SocketAdvice.on(settings.socket(), oneLine(cause)) : "";
    }

    private String engine() {
        return "the Docker engine at " + settings.host();
    }

    private static String seconds(Duration limit) {
        return String.valueOf(limit.toMillis() / 1000.0).replaceAll("\\.0$", "");
    }

    private static String oneLine(Throwable thrown) {
        var message = thrown.getMessage();
        return message == null
                ? thrown.getClass().getSimpleName()
                : message.strip().replaceAll("\\s+", " ");
    }

    private static <T extends Throwable> Optional<T> find(Throwable thrown, Class<T> type) {
        return Optional.ofNullable(Iterables.getFirst(Iterables.filter(Throwables.getCausalChain(thrown), type), null));
    }
}
