package io.registrator.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.engine.docker.ReplayPoint.Replay;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReplayPointTest {
    private final ReplayPoint point = new ReplayPoint();

    @BeforeEach
    void open() {
        point.opened();
    }

    @Test
    void tellsTheFirstStreamOfOlderSignalsToo() {
        ReplayPoint first = new ReplayPoint();
        Replay refused = first.next(at(10_000));
        Replay replay = first.next(at(10_001));

        assertThat(replay.since()).isEqualTo("6399.000000000").isEqualTo(refused.since());
        assertThat(replay.isOfSignals(event(9998, 999_999_999))).isTrue();
        assertThat(replay.isOfSignals(event(9999, 0))).isFalse();
        assertThat(replay.isOfSignals(Optional.empty())).isFalse();
        assertThat(replay.ago(at(9900))).isEqualTo(Duration.ofSeconds(101));
        assertThat(replay.ago(Instant.MAX)).isZero();

        first.opened();
        assertThat(first.next(at(10_002)).since()).isEqualTo("9999.000000000");
    }

    @Test
    void beginsALittleBeforeTheFirstStream() {
        assertThat(since(100)).isEqualTo("99.000000000");
    }

    @Test
    void goesBackToTheBeginningWhenNothingWasSeen() {
        assertThat(since(100)).isEqualTo("99.000000000");
        assertThat(since(200)).isEqualTo("99.000000000");
    }

    @Test
    void goesBackToTheLastEvent() {
        point.seen(event(150, 7));

        assertThat(since(200)).isEqualTo("149.000000007");
    }

    @Test
    void isNotSetBackByAnEventOutOfOrder() {
        point.seen(event(150, 0));
        point.seen(event(149, 0));

        assertThat(since(200)).isEqualTo("149.000000000");
    }

    @Test
    void isNeverInTheFutureOfAnEngineWhoseClockWasSetBack() {
        point.seen(event(150, 0));

        assertThat(since(100)).isEqualTo("99.000000000");
    }

    @Test
    void passesOverEventsWithoutTime() {
        point.seen(Optional.empty());

        assertThat(since(100)).isEqualTo("99.000000000");
    }

    private String since(long now) {
        return point.next(at(now)).since();
    }

    private static Optional<Instant> event(long seconds, long nanos) {
        return Optional.of(Instant.ofEpochSecond(seconds, nanos));
    }

    private static Instant at(long seconds) {
        return Instant.ofEpochSecond(seconds);
    }
}
