package io.registrator.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.registrator.testing.Await;
import io.registrator.testing.ConsulAgentProcess;
import io.registrator.testing.DockerCli;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Containers that are wrong, each in a way of its own: the first two lines of the explanation have to name it. */
class ExplainIT {
    private static final String NODE = "explain";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final DockerCli DOCKER = DockerCli.ofThisMachine();
    private static final TestContainers WEB = TestContainers.ofWeb();
    private static final TestContainers BARE = new TestContainers(DOCKER, DockerCli.BUSYBOX);
    private static final List<String> SLEEP = List.of("/bin/busybox", "sleep", "600");

    /** Suffixes of names to the real names. */
    private static final Map<String, String> NAMES = new ConcurrentHashMap<>();

    private static ConsulAgentProcess consul;
    private static Agent agent;

    /**
     * One way of being wrong.
     *
     * @param subject the suffix of the container's name, or a service ID
     * @param words that the first two lines have to hold
     */
    private record Wrong(String subject, List<String> options, List<String> words) {
        private static Wrong because(String subject, String... words) {
            return new Wrong(subject, List.of(), List.of(words));
        }

        private Wrong with(String... more) {
            return new Wrong(subject, List.of(more), words);
        }

        @Override
        public String toString() {
            return subject + " " + String.join(" ", options);
        }
    }

    static List<Wrong> wrong() {
        return List.of(
                Wrong.because("unpublished", "not published on the host", "publish it"),
                Wrong.because("no-port", "exposes no port"),
                Wrong.because("host-no-port", "on the host's network and exposes no port"),
                Wrong.because("misspelt", "did you mean SERVICE_NAME?"),
                Wrong.because("misspelt-check", "did you mean SERVICE_8080_CHECK_HTTP?"),
                Wrong.because("other-port-key", "SERVICE_80_NAME concerns no port", "8080/tcp"),
                Wrong.because("wrong-network", "no address on network nowhere", "SERVICE_NETWORK"),
                Wrong.because("good", "no address on network 10.99.0.0/16 (-network)")
                        .with("-internal", "-network", "10.99.0.0/16"),
                Wrong.because("unsafe-name", "my_shop", "cannot be looked up over DNS"),
                Wrong.because("second", "service ID dup", "which keeps it"),
                Wrong.because("loopback", "published on 127.0.0.1 only", "publish it on another address"),
                Wrong.because("good", "loopback address 127.0.0.1", "-ip").with("-ip", "127.0.0.1"),
                Wrong.because("ignored", "ignored by env SERVICE_IGNORE"),
                Wrong.because("ignored-port", "ignored by label SERVICE_8080_IGNORE"),
                Wrong.because("good", "-explicit, and no name", "SERVICE_8080_NAME")
                        .with("-explicit"),
                Wrong.because("paused", "is paused", "docker unpause"),
                Wrong.because("created", "created, not running", "docker start"),
                Wrong.because("exited", "exited, not running (exit code 3)"),
                Wrong.because("unhealthy", "unhealthy", "HEALTHCHECK"),
                Wrong.because("script", "Consul refuses script checks").with("-allow-script-checks"),
                Wrong.because("script", "-allow-script-checks"),
                Wrong.because("good", "-filter", "name=other-*").with("-filter", "name=other-*"),
                Wrong.because("good", "-filter", "!image=*web*").with("-filter", "!image=*web*"),
                Wrong.because("elsewhere:web:80", "another node's", "registrator on node elsewhere"),
                Wrong.because("stray", "not from any registrator"),
                Wrong.because("taken", "conflict", "not a registrator", "ID by-hand"),
                Wrong.because("theirs", "conflict", "registrator on node elsewhere"),
                Wrong.because("bad-interval", "SERVICE_CHECK_INTERVAL=abc"),
                Wrong.because("bad-id", "a//b is not a usable service ID"),
                Wrong.because("bad-ip", "SERVICE_IP=10.0.0"),
                Wrong.because("bad-template", "SERVICE_TAGS_TEMPLATE"),
                Wrong.because("good", "no label my.ip").with("-useIpFromLabel", "my.ip"),
                Wrong.because("silent", "nothing answers at", "see that it listens"),
                Wrong.because("unregistered", "the registry does not have explain:"));
    }

    @BeforeAll
    static void makeThemAll() throws Exception {
        DOCKER.importBusybox();
        consul = ConsulAgentProcess.running();
        agent = Agent.of(consul);
        agent.register("{\"ID\":\"by-hand\",\"Name\":\"legacy\",\"Address\":\"192.0.2.9\",\"Port\":80}");
        agent.register("{\"ID\":\"stray\",\"Name\":\"legacy\",\"Address\":\"192.0.2.9\",\"Port\":80}");
        agent.register(theirs("elsewhere:web:80"));
        agent.register(theirs("elsewhere:api:80"));
        make();
        try (RegistratorProcess daemon = RegistratorProcess.start(
                DOCKER.host(),
                options("-filter", "name=" + WEB.prefix() + "*", "-filter", "name=" + BARE.prefix() + "*"))) {
            Await.until(
                    "those are registered that can be",
                    SOON,
                    () -> agent.services().keySet().containsAll(registered()));
            daemon.awaitLog("ready");
        }
        NAMES.put("unregistered", WEB.run("unregistered", "-p", "8080"));
        Await.until(
                "a container is unhealthy",
                SOON,
                () -> DOCKER.docker("inspect", "--format", "{{.State.Health.Status}}", name("unhealthy"))
                        .equals("unhealthy"));
    }

    private static List<String> registered() {
        return Stream.of("good", "misspelt", "misspelt-check", "other-port-key", "unsafe-name", "loopback", "unhealthy")
                .map(ExplainIT::id)
                .toList();
    }

    private static void make() throws Exception {
        List<Runnable> all = new ArrayList<>();
        all.add(() -> web("unpublished"));
        all.add(() -> web("good", "-p", "8080"));
        all.add(() -> web("misspelt", "-p", "8080", "-e", "SERVICE_NAM=shop"));
        all.add(() -> web("misspelt-check", "-p", "8080", "-l", "SERVICE_8080_CHECK_HTPP=/"));
        all.add(() -> web("other-port-key", "-p", "8080", "-e", "SERVICE_80_NAME=shop"));
        all.add(() -> web("wrong-network", "-e", "SERVICE_INTERNAL=true", "-e", "SERVICE_NETWORK=nowhere"));
        all.add(() -> web("unsafe-name", "-p", "8080", "-e", "SERVICE_NAME=my_shop"));
        all.add(() -> {
            web("first", "-p", "8080", "-e", "SERVICE_ID=dup");
            web("second", "-p", "8080", "-e", "SERVICE_ID=dup");
        });
        all.add(() -> web("loopback", "-p", "127.0.0.1::8080"));
        all.add(() -> web("ignored", "-p", "8080", "-e", "SERVICE_IGNORE=yes"));
        all.add(() -> web("ignored-port", "-p", "8080", "-l", "SERVICE_8080_IGNORE=true"));
        all.add(() -> DOCKER.docker("pause", web("paused", "-p", "8080")));
        all.add(() -> NAMES.put("created", WEB.create("created", "-p", "8080")));
        all.add(() -> NAMES.put("exited", WEB.runCommand("exited", List.of("-p", "8080"), "sh", "-c", "exit 3")));
        all.add(() -> web(
                "unhealthy",
                "-p",
                "8080",
                "--health-cmd",
                "false",
                "--health-interval",
                "1s",
                "--health-retries",
                "1"));
        all.add(() -> web("script", "-p", "8080", "-e", "SERVICE_CHECK_SCRIPT=true"));
        all.add(() -> web("taken", "-p", "8080", "-e", "SERVICE_ID=by-hand"));
        all.add(() -> web("theirs", "-p", "8080", "-e", "SERVICE_ID=elsewhere:api:80"));
        all.add(() -> web("bad-interval", "-p", "8080", "-e", "SERVICE_CHECK_INTERVAL=abc"));
        all.add(() -> web("bad-id", "-p", "8080", "-e", "SERVICE_ID=a//b"));
        all.add(() -> web("bad-ip", "-p", "8080", "-e", "SERVICE_IP=10.0.0"));
        all.add(() -> web("bad-template", "-p", "8080", "-e", "SERVICE_TAGS_TEMPLATE={{.Nope"));
        all.add(() -> web("silent", "-p", "9999"));
        all.add(() -> bare("no-port"));
        all.add(() -> bare("host-no-port", "--network", "host"));
        try (ExecutorService workers = Executors.newFixedThreadPool(4)) {
            List<? extends Future<?>> made = all.stream().map(workers::submit).toList();
            for (Future<?> each : made) {
                each.get();
            }
        }
    }

    private static String web(String suffix, String... options) {
        String name = WEB.run(suffix, options);
        NAMES.put(suffix, name);
        return name;
    }

    private static void bare(String suffix, String... options) {
        NAMES.put(suffix, BARE.runCommand(suffix, List.of(options), SLEEP.toArray(String[]::new)));
    }

    private static String theirs(String id) {
        return "{\"ID\":\"" + id + "\",\"Name\":\"web\",\"Address\":\"192.0.2.8\",\"Port\":80,\"Meta\":{"
                + "\"registrator-owner\":\"elsewhere\",\"registrator-container\":\"0123456789ab\","
                + "\"registrator-hash\":\"0123456789abcdef\"}}";
    }

    @AfterAll
    static void removeThem() throws IOException {
        WEB.close();
        BARE.close();
        consul.close();
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void namesTheTrueCauseInItsFirstTwoLines(Wrong wrong) {
        CommandRun run = explain(NAMES.getOrDefault(wrong.subject(), wrong.subject()), wrong.options());

        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.firstTwoLines()).contains(wrong.words());
    }

    @Test
    void saysWhereEachFieldIsFromAndThatAllIsWell() {
        CommandRun run = explain(name("good"), List.of());

        assertThat(run.firstTwoLines()).contains("is registered as web at " + WEB.gateway());
        assertThat(run.out())
                .contains("name=web  from the image's name")
                .contains("address=" + WEB.gateway() + "  from -ip")
                .contains("registry: in sync")
                .contains("answers");
    }

    @Test
    void findsAContainerByItsIdAndByTheServiceThatItGives() {
        String name = name("good");
        String firstLine = explain(name, List.of()).firstTwoLines();

        assertThat(explain(WEB.id(name).substring(0, 12), List.of()).firstTwoLines())
                .isEqualTo(firstLine);
        assertThat(explain(id("good"), List.of()).firstTwoLines()).isEqualTo(firstLine);
    }

    @Test
    void answersAsJson() {
        JsonObject json = JsonParser.parseString(
                        explain(name("unpublished"), List.of("-json")).out())
                .getAsJsonObject();

        assertThat(json.get("verdict").getAsString()).isEqualTo("not_registered");
        assertThat(json.getAsJsonArray("ports")
                        .get(0)
                        .getAsJsonObject()
                        .get("reason")
                        .getAsString())
                .isEqualTo("not_published");
    }

    @Test
    void explainsWithoutARegistryAndSaysSo() {
        CommandRun run = CommandRun.of(
                DOCKER.host(),
                Map.of(),
                "explain",
                "-node-id",
                NODE,
                "-ip",
                WEB.gateway(),
                name("good"),
                "consul://127.0.0.1:1");

        assertThat(run.firstTwoLines()).contains("whether it is registered cannot be told", "connection refused");
    }

    @Test
    void knowsNothingOfWhatIsNowhere() {
        CommandRun run = explain(WEB.name("goo"), List.of());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("neither the engine has a container").contains(name("good"));
    }

    private static CommandRun explain(String subject, List<String> options) {
        List<String> all = new ArrayList<>(List.of("explain"));
        all.addAll(List.of(options()));
        all.addAll(all.size() - 1, options);
        all.add(all.size() - 1, subject);
        return CommandRun.of(DOCKER.host(), Map.of(), all.toArray(String[]::new));
    }

    private static String[] options(String... more) {
        List<String> all = new ArrayList<>(List.of("-node-id", NODE, "-ip", WEB.gateway()));
        all.addAll(List.of(more));
        all.add("consul://" + consul.address());
        return all.toArray(String[]::new);
    }

    private static String name(String suffix) {
        return Objects.requireNonNull(NAMES.get(suffix), suffix);
    }

    private static String id(String suffix) {
        return NODE + ":" + name(suffix) + ":8080";
    }
}
