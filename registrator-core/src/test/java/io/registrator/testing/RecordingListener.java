package io.registrator.testing;

import com.google.common.collect.ImmutableList;
import io.registrator.model.ContainerId;
import io.registrator.model.Failure;
import io.registrator.reconcile.ContainerSource.EventListener;
import io.registrator.reconcile.EngineEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it has heard. */
public final class RecordingListener implements EventListener {
    private final List<EngineEvent> events = new CopyOnWriteArrayList<>();
    private final List<Failure> ends = new CopyOnWriteArrayList<>();

    @Override
    public void told(EngineEvent event) {
        events.add(event);
    }

    @Override
    public void ended(Failure why) {
        ends.add(why);
    }

    /** All events of one kind so far, in their order. */
    public <E extends EngineEvent> ImmutableList<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).collect(ImmutableList.toImmutableList());
    }

    /** The containers of all that was told but signals, in order. */
    public ImmutableList<ContainerId> changes() {
        return events.stream()
                .filter(event -> !(event instanceof EngineEvent.Signalled))
                .map(EngineEvent::container)
                .collect(ImmutableList.toImmutableList());
    }

    /** How often that was told of this container. */
    public long changes(ContainerId id) {
        return changes().stream().filter(id::equals).count();
    }

    /** Why the stream ended, each time it said so. */
    public ImmutableList<Failure> ends() {
        return ImmutableList.copyOf(ends);
    }
}
