package io.registrator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.model.ContainerId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where listings come faster than an event may be late. */
class MissedEventsTest {
    private static final ContainerId A = new ContainerId("a");
    private static final Instant SHOWN = Instant.EPOCH;
    private static final Instant GRACE_OVER = SHOWN.plus(Duration.ofSeconds(3));

    private final MissedEvents missed = new MissedEvents();

    @BeforeEach
    void confirmAChange() {
        missed.streamOpened();
        list();
        missed.listingBegun();
        missed.changed(A);
        missed.listingEnded();
        missed.looked(A, true, SHOWN);
    }

    /** The row was older than the inspect, so the next listing shows the container as changed once more. */
    @Test
    void aSecondLookThatShowsNothingNewDoesNotSettleWhatIsOwed() {
        missed.listingBegun();
        missed.changed(A);
        missed.listingEnded();
        missed.looked(A, false, SHOWN.plusSeconds(2));

        assertThat(missed.isSilent(GRACE_OVER.minusMillis(1))).isFalse();
        assertThat(missed.isSilent(GRACE_OVER)).isTrue();
    }

    @Test
    void theEventSettlesIt() {
        missed.told(A);

        assertThat(missed.isSilent(GRACE_OVER)).isFalse();
    }

    private void list() {
        missed.listingBegun();
        missed.listingEnded();
    }
}
