package io.registrator.it.bench;

import java.util.ArrayList;
import java.util.List;

/** The daemon that is measured: it asks no port, and registers no check, for the containers of a simulated engine have no ports. */
final class BenchDaemon {
    static final String NODE = "bench";

    private static final List<String> OPTIONS =
            List.of("-node-id", NODE, "-ip", "127.0.0.1", "-register-on", "start", "-check", "none");

    private BenchDaemon() {}

    static String[] arguments(String registry) {
        List<String> arguments = new ArrayList<>(OPTIONS);
        arguments.add(registry);
        return arguments.toArray(String[]::new);
    }
}
