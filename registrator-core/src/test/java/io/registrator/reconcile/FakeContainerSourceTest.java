package io.registrator.reconcile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ContainerState;
import io.registrator.model.Failure;
import io.registrator.model.HealthReport;
import io.registrator.model.NetworkMode;
import io.registrator.model.Outcome;
import io.registrator.model.StopPolicy;
import java.time.Instant;

final class FakeContainerSourceTest extends ContainerSourceContract {
    private final FakeContainerSource source = new FakeContainerSource();

    @Override
    protected ContainerSource source() {
        return source;
    }

    @Override
    protected ContainerId run(String name) {
        var container = container(new ContainerId("id-of-" + name), name, ContainerState.RUNNING);
        source.changeNetwork(container.id());
        source.change(container);
        return container.id();
    }

    @Override
    protected void stop(ContainerId id) {
        source.put(container(id, name(id), ContainerState.EXITED));
        source.signal(id, 15);
        source.die(id, 143, Instant.EPOCH.plusSeconds(1));
        source.changeNetwork(id);
    }

    @Override
    protected void pause(ContainerId id) {
        source.change(container(id, name(id), ContainerState.PAUSED));
    }

    @Override
    protected void rename(ContainerId id, String name) {
        source.change(container(id, name, ContainerState.RUNNING));
    }

    @Override
    protected void remove(ContainerId id) {
        source.destroy(id);
    }

    @Override
    protected void cutStreams() {
        source.cut(new Failure.Transient("cut"));
    }

    private String name(ContainerId id) {
        return switch (source.inspect(id)) {
            case Outcome.Success(var found) -> found.orElseThrow().name();
            case Outcome.Failed(var failure) -> throw new AssertionError(failure);
        };
    }

    private static ContainerSnapshot container(ContainerId id, String name, ContainerState state) {
        return new ContainerSnapshot(
                id,
                name,
                "busybox",
                Instant.EPOCH,
                Instant.EPOCH,
                state,
                0,
                HealthReport.NONE,
                StopPolicy.DEFAULT,
                ImmutableList.of(),
                ImmutableMap.of(),
                ImmutableSortedSet.of(),
                ImmutableSortedMap.of(),
                new NetworkMode("bridge"),
                ImmutableSortedMap.of());
    }
}
