package io.registrator.it.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Lets one of two processes run while the other is frozen, so that neither disturbs the other's measurement. */
final class Turns {
    private static final int PATIENCE_SECONDS = 10;

    private Turns() {}

    static void give(long runs, long waits) throws IOException, InterruptedException {
        signal("STOP", waits);
        signal("CONT", runs);
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start();
        if (!kill.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            kill.destroyForcibly();
            throw new IOException("cannot send SIG" + name + " to " + pid);
        }
    }
}
