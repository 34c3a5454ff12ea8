package io.registrator.testing;

import com.google.common.collect.ImmutableList;
import io.registrator.model.ContainerId;
import io.registrator.model.Failure;
import io.registrator.reconcile.ContainerSource.EventListener;
import io.registrator.reconcile.ContainerSource.Signal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it has heard. */
public final class RecordingListener implements EventListener {
    private final List<ContainerId> changed = new CopyOnWriteArrayList<>();
    private final List<Signal> signals = new CopyOnWriteArrayList<>();
    private final List<Failure> ends = new CopyOnWriteArrayList<>();

    @Override
    public void changed(ContainerId id) {
        changed.add(id);
    }

    @Override
    public void signalled(Signal signal) {
        signals.add(signal);
    }

    @Override
    public void ended(Failure why) {
        ends.add(why);
    }

    /** The containers of all events so far, in their order. */
    public ImmutableList<ContainerId> changes() {
        return ImmutableList.copyOf(changed);
    }

    /** The signals that containers were sent, in their order. */
    public ImmutableList<Signal> signals() {
        return ImmutableList.copyOf(signals);
    }

    /** Why the stream ended, each time it said so. */
    public ImmutableList<Failure> ends() {
        return ImmutableList.copyOf(ends);
    }

    /** How many events of this container were heard. */
    public long changes(ContainerId id) {
        return changed.stream().filter(id::equals).count();
    }
}
