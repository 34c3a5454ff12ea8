package io.registrator.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrator.model.Failure;
import io.registrator.reconcile.ReconcileObserver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FanOutTest {
    private final List<String> told = new ArrayList<>();

    @Test
    void tellsEverybodyInOrder() {
        ReconcileObserver both = FanOut.to(new Named("a"), new Named("b"));

        both.engineConnected();
        both.engineUnreachable(new Failure.Transient("gone"), 7);

        assertThat(told).containsExactly("a connected", "b connected", "a gone 7", "b gone 7");
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
        public void engineConnected() {
            told.add(name + " connected");
        }

        @Override
        public void engineUnreachable(Failure why, int attempt) {
            told.add(name + " " + why.message() + " " + attempt);
        }
    }
}
