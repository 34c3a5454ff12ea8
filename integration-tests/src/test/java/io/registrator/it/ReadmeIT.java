package io.registrator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.google.common.base.Splitter;
import io.registrator.testing.Command;
import io.registrator.testing.DockerCli;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each command that README.md shows does what it is shown for, or is understood where it would change this machine. */
class ReadmeIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path README = ROOT.resolve("README.md");
    private static final String NODE = "readme";
    private static final URI NOWHERE = URI.create("unix:///no/such/engine.sock");
    private static final int USAGE = 2;

    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile(
            "`((?:registrator|bin/registrator|docker|scripts/|dpkg|source|systemctl|apt|curl)[^`\\[]*)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^):#]+)(?:#[^)]*)?\\)");
    private static final Splitter WORDS = Splitter.on(' ').omitEmptyStrings();

    @TempDir
    private Path folder;

    static List<String> commands() throws IOException {
        String text = Files.readString(README);
        Stream<String> shown = BLOCK.matcher(text)
                .results()
                .map(block -> block.group(1).replaceAll("\\\\\n\\s*", ""))
                .flatMap(String::lines)
                .map(line -> line.replaceFirst("\\s+#.*", "").strip())
                .filter(line -> !line.isEmpty());
        Stream<String> named = CODE.matcher(text.replaceAll("(?s)```.*?```", ""))
                .results()
                .map(code -> code.group(1).strip());
        return Stream.concat(shown, named).distinct().toList();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void isUnderstood(String command) throws Exception {
        List<String> words = WORDS.splitToList(command);
        switch (words.getFirst()) {
            case "registrator" -> runsAsACommand(words.subList(1, words.size()));
            case "bin/registrator" -> runsFromTheTarball(words.subList(1, words.size()));
            case "source" -> completes(words.get(1));
            case "dpkg" -> assertThat(words.getLast()).isEqualTo("target/packages/registrator_*.deb");
            case "docker" -> docker(words);
            default -> {
                assertThat(words).as("what no rule here knows").hasSize(1);
                assertThat(ROOT.resolve(command)).isExecutable();
            }
        }
    }

    @Test
    void leadsToFilesThatAreThere() throws IOException {
        Matcher link = LINK.matcher(Files.readString(README));
        List<String> targets = link.results().map(found -> found.group(1)).toList();

        assertThat(targets)
                .hasSizeGreaterThan(10)
                .allSatisfy(target -> assertThat(ROOT.resolve(target)).exists());
    }

    private void docker(List<String> words) throws Exception {
        switch (words.get(1)) {
            case "build" -> assertThat(ROOT.resolve("Dockerfile")).exists();
            case "exec" -> runsAsACommand(words.subList(words.lastIndexOf("registrator") + 1, words.size()));
            case "run" -> {
                if (words.getLast().equals("my/shop")) {
                    isRegisteredAsShown(words.subList(2, words.size() - 1));
                } else {
                    isTakenByTheDaemon(words.subList(words.lastIndexOf("registrator") + 1, words.size()));
                }
            }
            default -> fail("what no rule here knows");
        }
    }

    /** Beside a daemon that registers one container. */
    private void runsAsACommand(List<String> words) throws Exception {
        Map<String, String> environment = Map.of("REGISTRATOR_RUN_DIR", folder.toString());
        try (TestContainers containers = TestContainers.ofWeb();
                RegistratorProcess daemon = RegistratorProcess.launch(
                        containers.docker().host(),
                        environment,
                        "-internal",
                        "-node-id",
                        NODE,
                        "-filter",
                        containers.filter(),
                        "memory:")) {
            String web = containers.run("web");
            daemon.awaitReady();
            if (words.getFirst().equals("run") || words.getFirst().contains(":")) {
                isTakenByTheDaemon(words);
                return;
            }
            List<String> arguments = new ArrayList<>(words);
            arguments.replaceAll(word -> word.equals("CONTAINER") || word.equals("web") ? web : word);

            CommandRun run = CommandRun.of(NOWHERE, environment, arguments.toArray(String[]::new));

            assertThat(run.err()).contains("settings of the daemon with process ID " + daemon.pid());
            assertThat(run.out()).as(run.err()).isNotEmpty();
        }
    }

    /** It gets as far as asking for the engine. */
    private static void isTakenByTheDaemon(List<String> words) {
        String[] arguments = Stream.concat(words.stream(), Stream.of("-ip", "192.0.2.1", "-retry-attempts", "1"))
                .toArray(String[]::new);

        CommandRun run = CommandRun.of(NOWHERE, Map.of(), arguments);

        assertThat(run.exitCode()).as(run.err()).isNotZero().isNotEqualTo(USAGE);
    }

    private void runsFromTheTarball(List<String> words) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-node-id", NODE, "-filter", "label=no.such=label"));
        arguments.addAll(words);
        try (RegistratorProcess daemon =
                RegistratorProcess.start(DockerCli.ofThisMachine().host(), arguments.toArray(String[]::new))) {
            assertThat(daemon.log()).doesNotContain("ERROR");
        }
    }

    private void completes(String script) {
        Path unpacked = RegistratorProcess.home().resolve(script.replaceFirst("^/opt/registrator/", ""));

        assertThat(Command.of("bash", "-c", "source '" + unpacked + "' && complete -p registrator")
                        .output())
                .endsWith(" registrator");
        assertThat(unpacked.resolveSibling("_registrator")).exists();
    }

    private void isRegisteredAsShown(List<String> options) throws Exception {
        try (TestContainers containers = TestContainers.ofWeb()) {
            String shop = containers.run(
                    "shop", options.stream().filter(word -> !word.equals("-d")).toArray(String[]::new));

            CommandRun run = CommandRun.of(
                    containers.docker().host(),
                    Map.of(),
                    "explain",
                    shop,
                    "-ip",
                    "192.0.2.1",
                    "-node-id",
                    NODE,
                    "memory:");

            assertThat(run.out()).as(run.err()).contains("shop", "eu", "v2", "/health");
        }
    }
}
