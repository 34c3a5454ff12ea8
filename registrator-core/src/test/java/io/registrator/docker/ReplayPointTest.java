package io.registrator.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReplayPointTest {
    private final ReplayPoint point = new ReplayPoint();

    @Test
    void beginsALittleBeforeTheFirstStream() {
        assertThat(point.since(at(100))).isEqualTo("99.000000000");
    }

    @Test
    void goesBackToTheBeginningWhenNothingWasSeen() {
        assertThat(point.since(at(100))).isEqualTo("99.000000000");
        assertThat(point.since(at(200))).isEqualTo("99.000000000");
    }

    @Test
    void goesBackToTheLastEvent() {
        point.seen(event(150, 7));

        assertThat(point.since(at(200))).isEqualTo("149.000000007");
    }

    @Test
    void isNotSetBackByAnEventOutOfOrder() {
        point.seen(event(150, 0));
        point.seen(event(149, 0));

        assertThat(point.since(at(200))).isEqualTo("149.000000000");
    }

    @Test
    void isNeverInTheFutureOfAnEngineWhoseClockWasSetBack() {
        point.seen(event(150, 0));

        assertThat(point.since(at(100))).isEqualTo("99.000000000");
    }

    @Test
    void passesOverEventsWithoutTime() {
        point.seen(Optional.empty());

        assertThat(point.since(at(100))).isEqualTo("99.000000000");
    }

    private static Optional<Instant> event(long seconds, long nanos) {
        return Optional.of(Instant.ofEpochSecond(seconds, nanos));
    }

    private static Instant at(long seconds) {
        return Instant.ofEpochSecond(seconds);
    }
}
