package io.registrator.cli.rehearsal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.registrator.cli.Main;
import io.registrator.ops.admin.AdminServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Runs the daemon in this process, with an engine and a Consul agent that are played in it, too: containers come and go,
 * passes are made. A JVM that is told to write an AOT cache ({@code -XX:AOTCacheOutput}) learns from it what to have ready
 * when a daemon starts; {@code bin/registrator-aot-cache} does that. Needs no network but the loopback.
 */
public final class Rehearsal {
    private static final int CONTAINERS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration STEP = Duration.ofMillis(20);
    private static final int FAILED = 1;

    private final ConsulPart consul = new ConsulPart();

    private Rehearsal() {}

    /** Ends the process: with 0 when all went as it should. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        boolean done = new Rehearsal().isDone();
        System.out.flush();
        if (!done) {
            System.err.println("the daemon did not do its work within " + PATIENCE.toSeconds() + " s");
            Runtime.getRuntime().halt(FAILED);
        }
        System.exit(0);
    }

    private boolean isDone() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("rehearsal");
        Path socket = folder.resolve("engine.sock");
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (AdminServer agent = AdminServer.open(loopback, consul.handler())) {
            int port = ((InetSocketAddress) agent.address()).getPort();
            EnginePart engine = new EnginePart(port);
            for (int number = 1; number <= CONTAINERS; number++) {
                engine.start(number);
            }
            try (AdminServer ignored = AdminServer.open(UnixDomainSocketAddress.of(socket), engine.handler())) {
                startDaemon(socket, port);
                return plays(engine);
            }
        } finally {
            MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        }
    }

    private static void startDaemon(Path socket, int port) {
        String[] line = {"-node-id", "rehearsal", "-ip", "127.0.0.1", "-resync", "1", "consul://127.0.0.1:" + port};
        Map<String, String> environment =
                Map.of("DOCKER_HOST", "unix://" + socket, "REGISTRATOR_RUN_DIR", String.valueOf(socket.getParent()));
        Thread.ofPlatform()
                .daemon()
                .name("rehearsal")
                .start(() -> Main.run(
                        line,
                        environment,
                        new PrintWriter(System.out, true, UTF_8),
                        new PrintWriter(System.err, true, UTF_8)));
    }

    private boolean plays(EnginePart engine) throws InterruptedException {
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
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            Thread.sleep(STEP);
        }
        return true;
    }
}
