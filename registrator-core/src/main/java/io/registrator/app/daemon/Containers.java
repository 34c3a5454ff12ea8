package io.registrator.app.daemon;

import static com.google.common.collect.ImmutableList.toImmutableList;

import io.registrator.derive.Deriver;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.Outcome;
import io.registrator.ops.explain.Survey;
import io.registrator.plan.PlanPolicy;
import io.registrator.plan.Planner;
import io.registrator.reconcile.ContainerSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Inspects all containers of an engine once. */
final class Containers {
    private static final int INSPECTS_AT_ONCE = 16;

    private final ContainerSource source;
    private final boolean knowsMaintenance;

    /** @param knowsMaintenance whether the registry can take services out of service without deregistering them */
    Containers(ContainerSource source, boolean knowsMaintenance) {
        this.source = source;
        this.knowsMaintenance = knowsMaintenance;
    }

    /** @throws StartupException when the engine does not answer */
    Survey survey(Node node, PlanPolicy policy) {
        return new Survey(new Deriver(node.settings()), new Planner(policy), knowsMaintenance, all());
    }

    private List<ContainerSnapshot> all() {
        List<Callable<Outcome<Optional<ContainerSnapshot>>>> questions = Answers.orFail(source.list()).stream()
                .<Callable<Outcome<Optional<ContainerSnapshot>>>>map(row -> () -> inspect(row.id()))
                .toList();
        try (ExecutorService workers = Executors.newFixedThreadPool(
                INSPECTS_AT_ONCE, Thread.ofVirtual().factory())) {
            return workers.invokeAll(questions).stream()
                    .flatMap(Containers::found)
                    .collect(toImmutableList());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StartupException("interrupted while asking the engine for its containers");
        }
    }

    private Outcome<Optional<ContainerSnapshot>> inspect(ContainerId id) {
        return source.inspect(id);
    }

    private static Stream<ContainerSnapshot> found(Future<Outcome<Optional<ContainerSnapshot>>> answer) {
        try {
            return Answers.orFail(answer.get()).stream();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Stream.empty();
        } catch (ExecutionException bug) {
            throw new IllegalStateException(bug.getCause());
        }
    }
}
