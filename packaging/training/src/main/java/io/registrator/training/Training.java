package io.registrator.training;

import com.google.common.collect.ImmutableList;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.registrator.ops.admin.AdminServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Runs a daemon with an engine and a Consul agent that are played here: containers come and go, passes are made. The daemon's JVM,
 * told to write an AOT cache ({@code -XX:AOTCacheOutput}), learns what to have ready when a daemon starts; {@code
 * bin/registrator-aot-cache} does that. Needs no network but the loopback.
 */
public final class Training {
    private static final int CONTAINERS = 20;
    private static final Duration LONGEST_WORK = Duration.ofSeconds(20);
    private static final Duration LONGEST_END = Duration.ofSeconds(30);
    private static final Duration STEP = Duration.ofMillis(20);

    private final PlayedConsul consul = new PlayedConsul();

    private Training() {}

    /**
     * Ends the process: with 0 when all went as it should.
     *
     * @param command that runs the daemon, without the daemon's own arguments
     */
    public static void main(String[] command) throws IOException, InterruptedException {
        if (!new Training().isDone(ImmutableList.copyOf(command))) {
            System.err.println("the daemon did not do its work within " + LONGEST_WORK.toSeconds() + " s");
            System.exit(1);
        }
        System.exit(0);
    }

    private boolean isDone(ImmutableList<String> command) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("registrator-training");
        Path socket = folder.resolve("engine.sock");
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (AdminServer agent = AdminServer.open(loopback, consul.handler())) {
            int port = ((InetSocketAddress) agent.address()).getPort();
            PlayedEngine engine = new PlayedEngine(port);
            for (int number = 1; number <= CONTAINERS; number++) {
                engine.start(number);
            }
            try (AdminServer ignored = AdminServer.open(UnixDomainSocketAddress.of(socket), engine.handler())) {
                Process daemon = start(command, socket, port);
                boolean done = plays(engine);
                daemon.destroy();
                return daemon.waitFor(LONGEST_END.toSeconds(), TimeUnit.SECONDS) && done;
            }
        } finally {
            MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        }
    }

    private static Process start(ImmutableList<String> command, Path socket, int port) throws IOException {
        ImmutableList<String> line = ImmutableList.<String>builder()
                .addAll(command)
                .add("-node-id", "training", "-ip", "127.0.0.1", "-resync", "1", "consul://127.0.0.1:" + port)
                .build();
        ProcessBuilder daemon = new ProcessBuilder(line).inheritIO();
        daemon.environment().put("DOCKER_HOST", "unix://" + socket);
        daemon.environment().put("REGISTRATOR_RUN_DIR", String.valueOf(socket.getParent()));
        return daemon.start();
    }

    private boolean plays(PlayedEngine engine) throws InterruptedException {
        if (!comesTrue(() -> consul.count() == CONTAINERS)) {
            return false;
        }
        engine.stop(1);
        engine.stop(2);
        if (!comesTrue(() -> consul.count() == CONTAINERS - 2)) {
            return false;
        }
        engine.start(CONTAINERS + 1);
        int passes = engine.listings();
        return comesTrue(() -> consul.count() == CONTAINERS - 1 && engine.listings() > passes + 1);
    }

    private static boolean comesTrue(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_WORK.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            Thread.sleep(STEP);
        }
        return true;
    }
}
