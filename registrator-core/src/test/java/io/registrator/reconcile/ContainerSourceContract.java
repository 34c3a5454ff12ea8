package io.registrator.reconcile;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableList;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ContainerState;
import io.registrator.model.Failure;
import io.registrator.model.Outcome;
import io.registrator.reconcile.ContainerSource.ContainerListing;
import io.registrator.reconcile.ContainerSource.EventStream;
import io.registrator.reconcile.EngineEvent.Changed;
import io.registrator.reconcile.EngineEvent.Died;
import io.registrator.testing.RecordingListener;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What holds of every {@link ContainerSource}. Other containers may come and go on the engine meanwhile. */
public abstract class ContainerSourceContract {
    private final RecordingListener listener = new RecordingListener();

    /** The source under test, the same one throughout a test. */
    protected abstract ContainerSource source();

    /** Starts a container on its engine. */
    protected abstract ContainerId run(String name);

    /** Ends the container's process; the container stays. */
    protected abstract void stop(ContainerId id);

    protected abstract void pause(ContainerId id);

    protected abstract void rename(ContainerId id, String name);

    /** Removes the container, running or not. */
    protected abstract void remove(ContainerId id);

    /** Ends the open event streams from the engine's side; a new one can be opened at once. */
    protected abstract void cutStreams();

    @Test
    void listsRunningAndStoppedContainers() {
        var running = run("running");
        var stopped = run("stopped");
        stop(stopped);

        assertThat(list()).extracting(ContainerListing::id).contains(running, stopped);
    }

    @Test
    void listsInTheOrderOfIds() {
        run("one");
        run("two");
        run("three");

        assertThat(list()).extracting(ContainerListing::id).isSorted();
    }

    @Test
    void listsNames() {
        var id = run("web");

        assertThat(listing(id).name()).isEqualTo(inspect(id).orElseThrow().name());
    }

    @Test
    void keepsTheFingerprintWhileNothingChanges() {
        var id = run("web");

        assertThat(listing(id)).isEqualTo(listing(id));
    }

    @Test
    void changesTheFingerprintWithTheState() {
        var id = run("web");
        var running = listing(id).fingerprint();
        pause(id);
        var paused = listing(id).fingerprint();
        stop(id);

        assertThat(ImmutableList.of(running, paused, listing(id).fingerprint())).doesNotHaveDuplicates();
    }

    @Test
    void changesTheFingerprintWithTheName() {
        var id = run("before");
        var before = listing(id).fingerprint();
        rename(id, "after");

        assertThat(listing(id).fingerprint()).isNotEqualTo(before);
    }

    @Test
    void inspectsAContainerThroughItsStates() {
        var id = run("web");
        assertThat(state(id)).isEqualTo(ContainerState.RUNNING);
        pause(id);
        assertThat(state(id)).isEqualTo(ContainerState.PAUSED);
        stop(id);
        assertThat(state(id)).isEqualTo(ContainerState.EXITED);
    }

    @Test
    void knowsNoContainerThatIsGone() {
        var id = run("web");
        remove(id);

        assertThat(inspect(id)).isEmpty();
        assertThat(list()).extracting(ContainerListing::id).doesNotContain(id);
    }

    @Test
    void knowsNoContainerThatNeverWas() {
        assertThat(inspect(new ContainerId("0".repeat(64)))).isEmpty();
    }

    @Test
    void reportsEveryChangeAfterTheSubscription() {
        try (var _ = subscribe()) {
            var id = run("web");
            awaitChanges(id, 1);
            rename(id, "renamed");
            awaitChanges(id, 2);
            pause(id);
            awaitChanges(id, 3);
            stop(id);
            awaitChanges(id, 4);
            remove(id);
            awaitChanges(id, 5);
        }
    }

    @Test
    void tellsTheEndOfARunFromOtherChanges() {
        try (var _ = subscribe()) {
            var id = run("web");
            await("the start").atMost(10, SECONDS).until(() -> has(Changed.class, id));
            pause(id);
            assertThat(has(Died.class, id)).isFalse();
            stop(id);
            await("the end").atMost(10, SECONDS).until(() -> has(Died.class, id));
        }
        assertThat(listener.events(Died.class))
                .allSatisfy(died -> assertThat(died.exitCode()).isBetween(0, 255));
    }

    private boolean has(Class<? extends EngineEvent> kind, ContainerId id) {
        return listener.events(kind).stream()
                .anyMatch(event -> event.container().equals(id));
    }

    @Test
    void saysNothingAfterItsStreamIsClosed() {
        subscribe().close();
        var id = run("web");
        try (var _ = open(new RecordingListener())) {
            stop(id);
        }

        assertThat(listener.changes(id)).isZero();
        assertThat(listener.ends()).isEmpty();
    }

    @Test
    void saysOnceThatItsStreamHasEnded() {
        try (var _ = subscribe()) {
            cutStreams();
            await().atMost(10, SECONDS).until(() -> !listener.ends().isEmpty());
        }

        assertThat(listener.ends()).singleElement().isInstanceOf(Failure.Transient.class);
    }

    @Test
    void replaysWhatHappenedBetweenTwoStreams() {
        try (var _ = subscribe()) {
            cutStreams();
            await().atMost(10, SECONDS).until(() -> !listener.ends().isEmpty());
        }
        var id = run("web");
        try (var _ = subscribe()) {
            awaitChanges(id, 1);
        }
    }

    private EventStream subscribe() {
        return open(listener);
    }

    private EventStream open(RecordingListener listener) {
        return success(source().subscribe(listener));
    }

    private void awaitChanges(ContainerId id, long count) {
        await("change " + count).atMost(10, SECONDS).until(() -> listener.changes(id) >= count);
    }

    private ImmutableList<ContainerListing> list() {
        return success(source().list());
    }

    private ContainerListing listing(ContainerId id) {
        return list().stream().filter(row -> row.id().equals(id)).findFirst().orElseThrow();
    }

    private Optional<ContainerSnapshot> inspect(ContainerId id) {
        return success(source().inspect(id));
    }

    private ContainerState state(ContainerId id) {
        return inspect(id).orElseThrow().state();
    }

    private static <T> T success(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Success<T>(var value) -> value;
            case Outcome.Failed<T>(var failure) -> throw new AssertionError(failure);
        };
    }
}
