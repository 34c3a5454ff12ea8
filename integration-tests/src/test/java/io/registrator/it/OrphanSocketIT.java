package io.registrator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.testing.Await;
import io.registrator.testing.DockerCli;
import io.registrator.testing.EngineProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The daemon in a container that outlives a restart of its engine, with the engine's socket mounted as a file. */
class OrphanSocketIT {
    private static final Duration SOON = Duration.ofMinutes(2);
    /** 15 s where the machine does nothing else: Java starts once more. */
    private static final Duration FOLLOWS = Duration.ofMinutes(1);

    @Test
    void endsSoThatItsRestartPolicyMountsTheNewSocket() throws Exception {
        try (EngineProcess engine = EngineProcess.start("--live-restore");
                TestContainers containers = new TestContainers(engine.cli(), DockerCli.BUSYBOX)) {
            String daemon = containers.runCommand("daemon", options(engine), command());
            Await.until("it is ready", SOON, () -> log(engine, daemon).contains(" ready: "));

            engine.stop();
            engine.startAgain();
            String web = containers.run("web", "--network", "host", "--expose", "9000");

            Await.until(
                    "it follows", FOLLOWS, () -> log(engine, daemon).contains("registered   orphan:" + web + ":9000"));
            // What it said at its end was lost with the engine that would have kept it.
            assertThat(log(engine, daemon).lines().filter(line -> line.contains(" settings: ")))
                    .as("starts")
                    .hasSizeGreaterThan(1);
        }
    }

    /** The bundle and this machine's Java and libraries, in an image that has none. */
    private static List<String> options(EngineProcess engine) {
        List<String> options = new ArrayList<>(List.of("--network=none", "--restart=always"));
        String java = RegistratorProcess.environment(engine.host()).get("REGISTRATOR_JAVA");
        options.add("--env=REGISTRATOR_JAVA=" + java);
        options.add("--env=DOCKER_HOST=unix:///run/docker.sock");
        options.add("--volume=" + engine.host().getPath() + ":/run/docker.sock");
        for (String folder :
                List.of("/usr", "/lib", "/lib64", RegistratorProcess.home().toString())) {
            if (Path.of(folder).toFile().isDirectory()) {
                options.add("--volume=" + folder + ":" + folder + ":ro");
            }
        }
        return options;
    }

    private static String[] command() {
        return new String[] {
            "/usr/bin/sh",
            RegistratorProcess.home().resolve("bin/registrator").toString(),
            "-node-id=orphan",
            "-ip=192.0.2.1",
            "-register-on=start",
            "memory:"
        };
    }

    private static String log(EngineProcess engine, String container) {
        return engine.cli().docker("logs", container);
    }
}
