package io.registrator.reconcile;

import io.registrator.model.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Asks the engine now and then whether it answers. One that is frozen does not end its event stream, which is then as quiet as
 * that of one on which nothing happens.
 */
final class EnginePing {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final LoopContext context;
    private final PeerHealth health;
    private final Listing<Instant> question;

    EnginePing(ContainerSource source, LoopContext context, PeerHealth health) {
        this.context = context;
        this.health = health;
        this.question = new Listing<>(source::time, this::answered, this::failed, context);
    }

    /** Begins to ask, unless it has. */
    void begin() {
        question.want(context.now().plus(INTERVAL));
    }

    void advance(Instant now) {
        question.advance(now);
    }

    Optional<Instant> nextDue() {
        return question.nextDue();
    }

    private void answered(Instant time) {
        health.answered(PeerHealth.Question.PING);
        begin();
    }

    private void failed(Failure why, Instant asked) {
        health.failed(PeerHealth.Question.PING, new PeerFault.NoAnswer(why), asked);
    }
}
