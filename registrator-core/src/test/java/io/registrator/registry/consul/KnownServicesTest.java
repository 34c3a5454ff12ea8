package io.registrator.registry.consul;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import io.registrator.model.ObservedService;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.testing.TestServices;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownServicesTest {
    private static final ServiceDefinition WEB =
            TestServices.web("web").meta(Map.of("hash", "1")).definition();
    private static final ServiceId ID = WEB.id();
    private static final ImmutableSet<String> CHECKS = ImmutableSet.of("c1", "c2");

    private final KnownServices known = new KnownServices();

    @Test
    void isSureOfNothingBeforeTheFirstListing() {
        assertThat(known.hasChecks(ID, CHECKS)).isFalse();
    }

    @Test
    void isSureOfWhatWasWritten() {
        listed();
        known.writing(ID);
        known.wrote(WEB, CHECKS);

        assertThat(known.hasChecks(ID, CHECKS)).isTrue();
        assertThat(known.hasChecks(ID, ImmutableSet.of("c1"))).isFalse();
    }

    @Test
    void isNotSureOfAWriteThatDidNotComeToAnEnd() {
        listed();
        known.wrote(WEB, CHECKS);
        known.writing(ID);

        assertThat(known.hasChecks(ID, CHECKS)).isFalse();
    }

    @Test
    void isNotSureOfWhatOthersWrote() {
        listed(observed("1"));

        assertThat(known.hasChecks(ID, CHECKS)).isFalse();
    }

    @Test
    void staysSureWhileListingsShowWhatWasWritten() {
        known.wrote(WEB, CHECKS);
        listed(observed("1"));

        assertThat(known.hasChecks(ID, CHECKS)).isTrue();
    }

    @Test
    void isNotSureOfWhatOthersWroteOver() {
        known.wrote(WEB, CHECKS);
        listed(observed("2"));

        assertThat(known.hasChecks(ID, CHECKS)).isFalse();
    }

    @Test
    void forgetsWhatIsNoLongerListed() {
        known.wrote(WEB, CHECKS);
        listed();

        assertThat(known.contains(ID)).isFalse();
        assertThat(known.hasChecks(ID, CHECKS)).isFalse();
    }

    @Test
    void keepsWhatWasWrittenWhileTheListingWasUnderWay() {
        long askedAt = known.beforeListing();
        known.writing(ID);
        known.wrote(WEB, CHECKS);
        known.listed(askedAt, ImmutableMap.of());

        assertThat(known.hasChecks(ID, CHECKS)).isTrue();
    }

    @Test
    void forgetsWhatWasRemoved() {
        listed(observed("1"));
        known.removed(ID);

        assertThat(known.contains(ID)).isFalse();
        assertThat(known.hasChecks(ID, CHECKS)).isFalse();
    }

    private void listed(ObservedService... services) {
        ImmutableMap.Builder<ServiceId, ObservedService> map = ImmutableMap.builder();
        for (ObservedService service : services) {
            map.put(service.id(), service);
        }
        known.listed(known.beforeListing(), map.buildOrThrow());
    }

    private static ObservedService observed(String hash) {
        return new ObservedService(
                ID,
                WEB.name(),
                WEB.tags(),
                WEB.address(),
                WEB.port(),
                WEB.taggedAddresses(),
                ImmutableSortedMap.of("hash", hash),
                WEB.weights(),
                false);
    }
}
