package io.registrator.engine.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.exception.DockerException;
import com.google.common.base.Ascii;
import com.google.common.base.Throwables;
import io.registrator.model.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.apache.hc.core5.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** Turns what went wrong on the way to the engine into words that a person can act on. */
final class EngineFailures {

    /** The engine answered, with something that this program cannot read. */
    private static final int ANSWERED = 200;

    private static final int LONGEST_MESSAGE = 4096;
    private static final String NO_SUCH_CONTAINER = "no such container";
    private static final ObjectMapper ERRORS = EngineModel.mapper();

    private final DockerSettings settings;

    EngineFailures(DockerSettings settings) {
        this.settings = settings;
    }

    /** What was thrown by asking within this limit, or by making something of the answer. */
    Failure of(Throwable thrown, Duration limit) {
        return switch (Throwables.getRootCause(thrown)) {
            case TimeoutException ignored -> late(limit);
            case DockerException answer -> answered(answer);
            case OversizedAnswerException oversized -> notUnderstood(oversized);
            case InputCoercionException number -> notUnderstood(number);
            case StreamReadException broken ->
                new Failure.Transient(engine() + " sent broken JSON: " + oneLine(broken));
            case JsonProcessingException other -> notUnderstood(other);
            case Throwable cause when isOfTheConnection(thrown) -> unreachable(cause);
            case Throwable other -> notUnderstood(other);
        };
    }

    /**
     * Whether this is the engine's word that a container is gone. A 404 alone is not that: whatever else listens at the engine's
     * address answers so too, and its services must not be deregistered on such a word. Podman may answer 500 while it removes
     * one, and names the cause.
     */
    static boolean isNoSuchContainer(DockerException answer) {
        String body = body(answer);
        return answer.getHttpStatus() == HttpStatus.SC_NOT_FOUND
                ? body.toLowerCase(Locale.ROOT).contains(NO_SUCH_CONTAINER)
                : NO_SUCH_CONTAINER.equals(error(body).cause());
    }

    private Failure late(Duration limit) {
        return new Failure.Transient(engine() + " did not answer within " + seconds(limit) + " s");
    }

    private Failure answered(DockerException answer) {
        int status = answer.getHttpStatus();
        String body = body(answer);
        String words = Objects.requireNonNullElse(error(body).message(), body);
        String message = engine() + " answered " + status + ": " + oneLine(words);
        return isForGood(status) ? new Failure.Rejected(status, message) : new Failure.Transient(message);
    }

    private static boolean isForGood(int status) {
        return status >= 300
                && status < 500
                && status != HttpStatus.SC_CONFLICT
                && status != HttpStatus.SC_REQUEST_TIMEOUT
                && status != HttpStatus.SC_TOO_MANY_REQUESTS;
    }

    private Failure notUnderstood(Throwable thrown) {
        return new Failure.Rejected(ANSWERED, engine() + " sent what is not understood: " + oneLine(thrown));
    }

    /** Jackson's exceptions of what was read are an IOException, too. */
    private static boolean isOfTheConnection(Throwable thrown) {
        return Throwables.getCausalChain(thrown).stream()
                .anyMatch(cause -> cause instanceof IOException && !(cause instanceof JsonProcessingException));
    }

    private Failure unreachable(Throwable cause) {
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

    /** What the engine sent, which docker-java puts behind {@code Status 404: }. */
    private static String body(DockerException answer) {
        String message = String.valueOf(answer.getMessage());
        return message.substring(message.indexOf(": ") + 2);
    }

    private static ErrorAnswer error(String body) {
        try {
            return Objects.requireNonNullElse(ERRORS.readValue(body, ErrorAnswer.class), ErrorAnswer.NONE);
        } catch (JsonProcessingException notOfAnEngine) {
            return ErrorAnswer.NONE;
        }
    }

    private static String oneLine(Throwable thrown) {
        var message = thrown instanceof JsonProcessingException json ? json.getOriginalMessage() : thrown.getMessage();
        return message == null ? thrown.getClass().getSimpleName() : oneLine(message);
    }

    private static String oneLine(String message) {
        return Ascii.truncate(message.strip().replaceAll("\\s+", " "), LONGEST_MESSAGE, "…");
    }

    /** What an engine says when it refuses; Podman adds the cause. */
    private record ErrorAnswer(
            @Nullable String message, @Nullable String cause) {
        static final ErrorAnswer NONE = new ErrorAnswer(null, null);
    }
}
