package io.registrator.reconcile;

import static io.registrator.reconcile.LoopHarness.container;
import static io.registrator.reconcile.LoopHarness.foreign;
import static io.registrator.reconcile.LoopHarness.id;
import static io.registrator.reconcile.LoopHarness.ofAnotherInstance;
import static io.registrator.reconcile.LoopHarness.running;
import static io.registrator.reconcile.LoopHarness.serviceId;
import static io.registrator.reconcile.LoopHarness.stamped;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSortedMap;
import io.registrator.model.ContainerState;
import io.registrator.model.Failure;
import io.registrator.model.ServiceDefinition;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What happens while a write or a listing of the registry is under way, and what is written because of it. */
class WritesTest {
    private static final Failure LOST = new Failure.Transient("timeout");
    private static final String A = serviceId("a");
    private static final String B = serviceId("b");

    private final LoopHarness loop = new LoopHarness();

    @Test
    void writesAServiceOnceAtATime() {
        loop.settle();
        loop.registry.during("+" + A, () -> {
            loop.engine.change(container("a", ContainerState.RUNNING, 0, "SERVICE_NAME=changed"));
            loop.settle();
            assertThat(loop.registry.writes()).as("while it is being written").containsExactly("+" + A);
        });

        loop.engine.change(running("a"));

        loop.settle();
        assertThat(loop.registry.writes()).containsExactly("+" + A, "+" + A);
        assertThat(loop.service(A).name()).isEqualTo("changed");
    }

    @Test
    void removesOnlyAfterItsWriteWhatGoesMeanwhile() {
        loop.settle();
        loop.registry.during("+" + A, () -> {
            loop.engine.destroy(id("a"));
            loop.settle();
            assertThat(loop.registry.writes()).containsExactly("+" + A);
        });

        loop.engine.change(running("a"));

        assertThat(loop.settle().ids()).isEmpty();
        assertThat(loop.registry.writes()).containsExactly("+" + A, "-" + A);
    }

    @Test
    void writesOthersWhileOneIsBeingWritten() {
        loop.settle();
        loop.registry.during("+" + A, () -> {
            loop.engine.change(running("b"));
            assertThat(loop.settle().ids()).containsExactly(B);
        });

        loop.engine.change(running("a"));

        assertThat(loop.settle().ids()).containsExactly(A, B);
    }

    /** More connections would take the agent from everybody else, and it writes no faster for them. */
    @Test
    void writesEightAtOnceAndNoMore() {
        for (int i = 0; i < 200; i++) {
            loop.engine.put(container("c" + i, ContainerState.RUNNING, 0, "SERVICE_REGISTER_ON=start"));
        }
        int most = 0;
        for (int round = 0; round < 200; round++) {
            int before = loop.registry.writes().size();
            loop.step();
            loop.answer();
            most = Math.max(most, loop.registry.writes().size() - before);
        }

        assertThat(most).isEqualTo(8);
        assertThat(loop.settle().ids()).hasSize(200);
    }

    @Test
    void believesItsOwnWriteRatherThanAListingThatBeganBefore() {
        loop.engine.put(running("a"));
        loop.settle();
        loop.registry.duringListing(() -> {
            loop.engine.change(running("b"));
            loop.engine.destroy(id("a"));
            assertThat(loop.settle().ids()).containsExactly(B);
        });

        loop.periodicPass().settle();

        assertThat(loop.registry.writes()).containsExactly("+" + A, "+" + B, "-" + A);
        assertThat(loop.ids()).containsExactly(B);
    }

    /** The write was under way when the listing began, so that the listing may show the service or not. */
    @Test
    void believesItsOwnWriteRatherThanAListingThatBeganDuringIt() {
        loop.settle();
        loop.engine.change(container("b", ContainerState.RUNNING, 0, "SERVICE_REGISTER_ON=start"));
        loop.step();
        loop.answer();
        loop.step();
        assertThat(loop.requests).as("the write").hasSize(1);
        Runnable write = loop.requests.removeFirst();
        loop.registry.duringListing(() -> {
            write.run();
            loop.step();
        });

        loop.periodicPass().settle();

        assertThat(loop.registry.writes()).containsExactly("+" + B);
        assertThat(loop.observer.told).containsOnlyOnce("applied " + B);
    }

    /** A later listing is the truth again. */
    @Test
    void believesAListingThatBeganAfterItsWrite() {
        loop.engine.put(running("a"));
        loop.settle();
        loop.registry.inner().register(ofAnotherInstance("a"));

        loop.periodicPass();

        assertThat(loop.observer.told).contains("conflict " + A);
    }

    @Test
    void doesNotOverwriteWhatAppearsRightBeforeItsFirstWrite() {
        loop.settle();
        loop.registry.during("+taken", () -> loop.registry.inner().register(foreign("taken", "theirs")));

        loop.engine.change(container("a", ContainerState.RUNNING, 0, "SERVICE_ID=taken"));
        loop.settle().periodicPass().periodicPass();

        assertThat(loop.service("taken").name()).isEqualTo("theirs");
        assertThat(loop.registry.writes()).containsExactly("+taken");
        assertThat(loop.observer.told).containsOnlyOnce("conflict taken").doesNotContain("applied taken");
    }

    @Test
    void doesNotOverwriteWhatTakesTheIdOfOursRightBeforeAnUpdate() {
        loop.engine.put(container("a", ContainerState.RUNNING, 0, "SERVICE_ID=taken"));
        loop.settle();
        loop.registry.during("+taken", () -> loop.registry.inner().register(foreign("taken", "theirs")));

        loop.engine.change(container("a", ContainerState.RUNNING, 0, "SERVICE_ID=taken", "SERVICE_NAME=changed"));
        loop.settle().periodicPass();

        assertThat(loop.service("taken").name()).isEqualTo("theirs");
        assertThat(loop.observer.told).containsOnlyOnce("conflict taken");
    }

    @Test
    void doesNotOverwriteWhatAnotherInstanceRegistersRightBefore() {
        loop.settle();
        ServiceDefinition theirs = foreign("taken", "theirs")
                .withMeta(ImmutableSortedMap.of(
                        "registrator-owner",
                        "node-2",
                        "registrator-container",
                        "elsewhere",
                        "registrator-hash",
                        "another"));
        loop.registry.during("+taken", () -> loop.registry.inner().register(theirs));

        loop.engine.change(container("a", ContainerState.RUNNING, 0, "SERVICE_ID=taken"));
        loop.settle().periodicPass();

        assertThat(loop.service("taken").name()).isEqualTo("theirs");
        assertThat(loop.observer.told).containsOnlyOnce("conflict taken");
    }

    /** What a predecessor left is adopted as it was when that was decided, or decided anew. */
    @Test
    void looksAgainAtWhatIsAlteredRightBeforeItIsAdopted() {
        loop.registry.inner().register(foreign(A, "left"));
        loop.engine.put(running("a"));
        loop.registry.during("+" + A, () -> loop.registry.inner().register(foreign(A, "altered")));

        loop.settle();
        assertThat(loop.service(A).name()).isEqualTo("altered");

        loop.periodicPass();
        assertThat(loop.service(A).name()).isEqualTo("a");
    }

    /** As after a listing that began before an earlier write of ours came to its end. */
    @Test
    void overwritesWhatIsOursAlthoughItWasNotSeen() {
        loop.settle();
        loop.registry.during("+" + A, () -> loop.registry.inner().register(stamped("a")));

        loop.engine.change(running("a"));
        loop.settle();

        assertThat(loop.service(A).name()).isEqualTo("a");
        assertThat(loop.service(A).port()).isEqualTo(32_768);
    }

    @Test
    void registersWhatVanishesRightBeforeAnUpdate() {
        loop.engine.put(running("a"));
        loop.settle();
        loop.registry.during(
                "+" + A, () -> loop.registry.inner().deregister(loop.service(A).id(), seen -> true));

        loop.engine.change(container("a", ContainerState.RUNNING, 0, "SERVICE_NAME=changed"));
        loop.settle();

        assertThat(loop.service(A).name()).isEqualTo("changed");
    }

    @Test
    void removesNothingWhoseMarkChangesRightBefore() {
        loop.engine.put(running("a"));
        loop.settle();
        loop.registry.during("-" + A, () -> loop.registry.inner().register(ofAnotherInstance("a")));

        loop.engine.destroy(id("a"));

        assertThat(loop.settle().pass(Duration.ofSeconds(2)).ids()).containsExactly(A);
        assertThat(loop.service(A).meta()).containsEntry("registrator-owner", "node-2");
        assertThat(loop.periodicPass().ids()).containsExactly(A);
    }

    @Test
    void removesNothingThatSomebodyElseTakesRightBefore() {
        loop.engine.put(running("a"));
        loop.settle();
        loop.registry.during("-" + A, () -> loop.registry.inner().register(foreign(A, "somebody-else")));

        loop.engine.destroy(id("a"));

        assertThat(loop.settle().periodicPass().service(A).name()).isEqualTo("somebody-else");
    }

    @Test
    void isNotOverDuringAWrite() {
        loop.settle();
        loop.registry.during("+" + A, () -> {
            loop.stop();
            loop.step();
            assertThat(loop.isOver()).as("while the write is under way").isFalse();
            assertThat(loop.untilNextDue()).isPositive();
        });

        loop.engine.change(running("a"));

        assertThat(loop.settle().isOver()).isTrue();
        assertThat(loop.ids()).containsExactly(A);
    }

    @Test
    void looksWhatBecameOfAWriteWhoseAnswerWasLostBeforeItTriesAgain() {
        loop.settle().pass(Duration.ofSeconds(10));
        loop.registry.loseAnswers(A, LOST);
        int listings = loop.registry.listings();

        loop.engine.change(running("a"));
        loop.settle();

        assertThat(loop.registry.listings()).isEqualTo(listings + 1);
        loop.pass(loop.untilNextDue()).pass(Duration.ofSeconds(5));
        assertThat(loop.registry.writes()).as("it had arrived").containsExactly("+" + A);
    }

    @Test
    void wakesUpByItselfForARetry() {
        loop.settle().pass(Duration.ofSeconds(10));
        loop.registry.fail(A, new Failure.Rejected(403, "Permission denied"));
        loop.engine.change(running("a"));
        loop.settle();
        loop.registry.fail(A, null);

        assertThat(loop.untilNextDue()).isEqualTo(Duration.ofSeconds(1));
        assertThat(loop.pass(loop.untilNextDue()).ids()).containsExactly(A);
    }

    @Test
    void waitsLongerAfterEachFailure() {
        loop.settle();
        loop.registry.fail(A, LOST);
        loop.engine.change(running("a"));
        loop.settle();

        for (int second = 0; second < 25; second++) {
            loop.pass(Duration.ofSeconds(1));
        }

        assertThat(loop.registry.writes()).hasSizeBetween(4, 6);
        assertThat(loop.observer.told).contains("write failed " + A + " 1", "write failed " + A + " 4");
        assertThat(loop.periodicPass().observer.passes.getLast()).isEqualTo(new PassSummary(1, 1, 1));
    }
}
