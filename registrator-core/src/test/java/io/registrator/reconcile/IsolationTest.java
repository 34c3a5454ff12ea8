package io.registrator.reconcile;

import static io.registrator.reconcile.LoopHarness.HOST;
import static io.registrator.reconcile.LoopHarness.NODE;
import static io.registrator.reconcile.LoopHarness.id;
import static io.registrator.reconcile.LoopHarness.running;
import static io.registrator.reconcile.LoopHarness.serviceId;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.registrator.derive.ContainerDerivation;
import io.registrator.derive.DerivationSettingsBuilder;
import io.registrator.derive.Deriver;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.InspectDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An error of our own over one container harms no other. */
class IsolationTest {
    private boolean broken;

    @Test
    void keepsTheServicesOfAContainerThatCannotBeDerivedAnyMore() {
        LoopHarness loop = new LoopHarness(deriver("a"), new RecordingObserver());
        loop.engine.put(documented("a"));
        loop.engine.put(documented("b"));
        loop.settle();

        broken = true;
        loop.engine.emit(id("a"));
        loop.engine.change(documented("c"));

        assertThat(loop.settle().ids()).containsExactly(serviceId("a"), serviceId("b"), serviceId("c"));
    }

    @Test
    void registersAllButTheContainerThatCannotBeDerived() {
        broken = true;
        LoopHarness loop = new LoopHarness(deriver("a"), new RecordingObserver());
        loop.engine.put(documented("a"));
        loop.engine.put(documented("b"));

        assertThat(loop.settle().ids()).containsExactly(serviceId("b"));
        assertThat(loop.observer.passes).hasSize(1);
    }

    @Test
    void takesInTheOtherOutcomesWhereOneGoesWrong() {
        Clumsy observer = new Clumsy();
        LoopHarness loop = new LoopHarness(
                new Deriver(DerivationSettingsBuilder.of(NODE, HOST).build()), observer);
        loop.settle();
        loop.engine.change(running("a"));
        loop.engine.change(running("b"));
        loop.engine.change(running("c"));

        assertThat(loop.settle().ids()).containsExactly(serviceId("a"), serviceId("c"));
        assertThat(observer.errors).singleElement().hasToString("java.lang.IllegalStateException: clumsy");

        observer.clumsy = false;
        loop.engine.emit(id("b"));
        assertThat(loop.pass(Duration.ofSeconds(1)).ids())
                .containsExactly(serviceId("a"), serviceId("b"), serviceId("c"));
    }

    /** Nobody knows what an error left undone. */
    @Test
    void looksAtEverythingAgainSoonAfterAnError() {
        Clumsy observer = new Clumsy();
        LoopHarness loop = new LoopHarness(
                new Deriver(DerivationSettingsBuilder.of(NODE, HOST).build()), observer);
        loop.settle().pass(Duration.ofSeconds(5));
        loop.engine.change(running("b"));
        loop.settle();
        assertThat(observer.errors).hasSize(1);
        int passes = observer.passes.size();
        observer.clumsy = false;

        assertThat(loop.untilNextDue()).isEqualTo(Duration.ofSeconds(1));
        loop.pass(loop.untilNextDue());

        assertThat(observer.passes).hasSize(passes + 1);
    }

    private static ContainerSnapshot documented(String name) {
        return running(name).withDocument(new InspectDocument(Map.of("Name", "/" + name), ImmutableMap.of()));
    }

    /** Throws while {@link #broken}, for the container of this name. */
    private Deriver deriver(String name) {
        String tags = "{{if eq .Name \"/" + name + "\"}}{{httpGet \"http://x/\"}}{{end}}";
        return new Deriver(DerivationSettingsBuilder.of(NODE, HOST).tags(tags).build(), (container, url) -> {
            if (broken) {
                throw new IllegalStateException("a bug");
            }
            return "";
        });
    }

    /** Fails over one container. */
    private static final class Clumsy extends RecordingObserver {
        private final List<RuntimeException> errors = new ArrayList<>();
        private boolean clumsy = true;

        @Override
        public void derived(ContainerDerivation derivation) {
            if (clumsy && derivation.container().name().equals("b")) {
                throw new IllegalStateException("clumsy");
            }
        }

        @Override
        public void internalError(RuntimeException error) {
            errors.add(error);
        }
    }
}
