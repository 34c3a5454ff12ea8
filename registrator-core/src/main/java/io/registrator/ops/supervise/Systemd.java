package io.registrator.ops.supervise;

import com.google.common.collect.ImmutableList;
import java.util.function.Consumer;

/**
 * systemd's notification protocol (sd_notify(3)). Peers that are not there yet hold up neither the boot nor the
 * installation: start-up is complete then too, and the status says what is missing.
 */
final class Systemd implements Supervisor {
    private final Consumer<ImmutableList<String>> notifier;
    private String status = "";
    private String told = "";
    private boolean started;

    /** @param notifier sends assignments such as {@code READY=1} in one message */
    Systemd(Consumer<ImmutableList<String>> notifier) {
        this.notifier = notifier;
    }

    @Override
    public void started() {
        if (!started) {
            tell("READY=1");
            started = true;
        }
    }

    @Override
    public void alive() {
        started();
        tell("WATCHDOG=1");
    }

    /** Goes along with the next sign of life: each message costs a process. */
    @Override
    public void status(String text) {
        status = text;
    }

    @Override
    public void stopping() {
        notifier.accept(ImmutableList.of("STOPPING=1"));
    }

    private void tell(String assignment) {
        notifier.accept(
                status.equals(told) ? ImmutableList.of(assignment) : ImmutableList.of(assignment, "STATUS=" + status));
        told = status;
    }
}
