package io.registrator.docker;

import com.google.common.base.Throwables;
import io.registrator.model.Failure;
import java.io.IOException;
import java.time.Duration;
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

    /** What was thrown by asking within this limit, or by making something of the answer. */
    Failure of(Throwable thrown, Duration limit) {
        return switch (thrown) {
            case TimeoutException ignored -> late(limit);
            case EngineAnswerException answer -> answered(answer);
            case BrokenJsonException broken ->
                new Failure.Transient(engine() + " sent broken JSON: " + oneLine(broken));
            case IOException trouble -> unreachable(trouble);
            default -> new Failure.Rejected(ANSWERED, engine() + " sent what is not understood: " + oneLine(thrown));
        };
    }

    private Failure late(Duration limit) {
        return new Failure.Transient(engine() + " did not answer within " + seconds(limit) + " s");
    }

    private Failure answered(EngineAnswerException answer) {
        var message = engine() + " answered " + oneLine(answer);
        var status = answer.status();
        return isForGood(status) ? new Failure.Rejected(status, message) : new Failure.Transient(message);
    }

    private static boolean isForGood(int status) {
        return status >= 300
                && status < 500
                && status != CONFLICT
                && status != REQUEST_TIMEOUT
                && status != TOO_MANY_REQUESTS;
    }

    private Failure unreachable(IOException thrown) {
        var cause = Throwables.getRootCause(thrown);
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
}
