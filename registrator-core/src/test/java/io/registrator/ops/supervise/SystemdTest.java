package io.registrator.ops.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SystemdTest {
    private final List<ImmutableList<String>> messages = new ArrayList<>();
    private final Systemd systemd = new Systemd(messages::add);

    @Test
    void saysOnceThatStartUpIsComplete() {
        systemd.started();
        systemd.started();

        assertThat(messages).containsExactly(ImmutableList.of("READY=1"));
    }

    @Test
    void startUpIsCompleteBeforeTheFirstSignOfLife() {
        systemd.alive();

        assertThat(messages).containsExactly(ImmutableList.of("READY=1"), ImmutableList.of("WATCHDOG=1"));
    }

    @Test
    void sendsTheStatusAlongWhenItIsAnother() {
        systemd.status("waiting");
        systemd.started();
        systemd.alive();
        systemd.status("two services");
        systemd.alive();

        assertThat(messages)
                .containsExactly(
                        ImmutableList.of("READY=1", "STATUS=waiting"),
                        ImmutableList.of("WATCHDOG=1"),
                        ImmutableList.of("WATCHDOG=1", "STATUS=two services"));
    }

    @Test
    void saysThatItEnds() {
        systemd.stopping();

        assertThat(messages).containsExactly(ImmutableList.of("STOPPING=1"));
    }
}
