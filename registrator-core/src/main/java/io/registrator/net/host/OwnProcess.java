package io.registrator.net.host;

import io.registrator.model.ContainerId;
import java.nio.file.Path;
import java.util.Optional;

/** What our own process shows of where it runs. */
public interface OwnProcess {

    /** The container whose network we have, as the engine calls it, if its engine has put us into one. */
    Optional<ContainerId> container();

    /** Whether an engine has left its mark here that this is a container. */
    boolean isMarkedAsContainer();

    /** What this machine, or container, is called; empty when that cannot be told. */
    String hostName();

    /** Whether the one who listens on a socket has opened it in our network namespace. */
    boolean isOpenedHere(Path socket);

    /** This one. */
    static OwnProcess ofLinux() {
        return new LinuxProcess(Path.of("/"));
    }
}
