package io.registrator.it;

import io.registrator.testing.Command;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A network namespace that has one interface, with an address and the default route; nothing is at its other end. */
final class PrivateNetwork implements AutoCloseable {
    static final String ADDRESS = "198.51.100.7";

    private final long pid;
    private final Process holder;

    private PrivateNetwork(long pid, Process holder) {
        this.pid = pid;
        this.holder = holder;
    }

    /** A new one. */
    static PrivateNetwork make() throws IOException {
        Process holder = new ProcessBuilder("unshare", "--net", "sh", "-c", "echo ready; exec cat")
                .redirectErrorStream(true)
                .start();
        if (!"ready".equals(holder.inputReader().readLine())) {
            throw new IOException("no network namespace can be made");
        }
        return new PrivateNetwork(holder.pid(), holder).withRoute();
    }

    /** The one that a process lives in, which has no route so far. */
    static PrivateNetwork of(Process process) {
        return new PrivateNetwork(process.pid(), process).withRoute();
    }

    private PrivateNetwork withRoute() {
        ip("link", "set", "lo", "up");
        ip("link", "add", "uplink", "type", "veth", "peer", "name", "nowhere");
        ip("link", "set", "nowhere", "up");
        ip("addr", "add", ADDRESS + "/24", "dev", "uplink");
        ip("link", "set", "uplink", "up");
        ip("route", "add", "default", "dev", "uplink");
        return this;
    }

    /** Runs {@code ip} in it. */
    void ip(String... arguments) {
        List<String> command = new ArrayList<>(wrapper());
        command.add("ip");
        command.addAll(List.of(arguments));
        Command.of(command.toArray(String[]::new)).output();
    }

    /** What a command begins with that is to run in it. */
    List<String> wrapper() {
        return List.of("nsenter", "--net=/proc/" + pid + "/ns/net");
    }

    @Override
    public void close() {
        holder.destroyForcibly();
    }
}
