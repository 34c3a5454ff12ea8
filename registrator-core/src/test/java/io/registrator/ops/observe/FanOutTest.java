package io.registrator.ops.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrator.model.Failure;
import io.registrator.reconcile.Peer;
import io.registrator.reconcile.PeerFault;
import io.registrator.reconcile.ReconcileObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FanOutTest {
    private final List<String> told = new ArrayList<>();

    @Test
    void tellsEverybodyInOrder() {
        ReconcileObserver both = FanOut.to(new Named("a"), new Named("b"));

        both.peerUp(Peer.ENGINE, Duration.ZERO);
        both.peerDown(Peer.REGISTRY, new PeerFault.NoAnswer(new Failure.Transient("gone")));

        assertThat(told).containsExactly("a connected", "b connected", "a gone", "b gone");
    }

    @Test
    void letsErrorsThroughAsTheyAre() {
        ReconcileObserver broken = FanOut.to(new ReconcileObserver() {
            @Override
            public void passStarted() {
                throw new IllegalStateException("a bug");
            }
        });

        assertThatThrownBy(broken::passStarted).isInstanceOf(IllegalStateException.class);
    }

    private final class Named implements ReconcileObserver {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public void peerUp(Peer peer, Duration outage) {
            told.add(name + " connected");
        }

        @Override
        public void peerDown(Peer peer, PeerFault fault) {
            told.add(name + " " + fault.message());
        }
    }
}
