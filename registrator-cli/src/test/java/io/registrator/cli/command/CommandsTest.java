package io.registrator.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.cli.option.EnvironmentOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class CommandsTest {

    @ParameterizedTest
    @CsvSource({
        "--resnc,did you mean --resync?",
        "-intrenal,did you mean -internal?",
        "-ipp=192.0.2.1,did you mean -ip?",
        "exlpain web,did you mean explain?",
        "plan --jsno,did you mean --json?",
    })
    void suggestsWhatIsFewestSlipsAway(String arguments, String hint) {
        Answer answer = run(arguments.split(" ", -1));

        assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(answer.err()).contains(hint).hasLineCount(1);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandTakesTheOptionsOfTheDaemon(String command) {
        CommandSpec root = registrator().getCommandSpec();
        CommandSpec sub = spec(command);

        assertThat(root.options().stream()
                        .filter(option -> !option.usageHelp() && !option.versionHelp())
                        .map(OptionSpec::longestName))
                .allSatisfy(name -> assertThat(sub.findOption(name)).as(name).isNotNull());
    }

    @Test
    void optionsMayStandBeforeAndAfterTheCommand() {
        RegistratorCommand command = new RegistratorCommand(Map.of(), question -> Optional.empty());

        var parsed = CommandLines.of(command).parseArgs("-internal", "plan", "-node-id", "here", "memory:");

        PlanCommand plan = (PlanCommand) parsed.subcommand().commandSpec().userObject();
        assertThat(command.config(plan.registry).services().internal()).isTrue();
        assertThat(command.config(plan.registry).nodeId()).isEqualTo("here");
        assertThat(command.config(plan.registry).registry()).hasToString("memory:");
    }

    @Test
    void aCommandTakesTheRegistryThatStandsBeforeIt() {
        RegistratorCommand command = new RegistratorCommand(Map.of(), question -> Optional.empty());

        var parsed = CommandLines.of(command).parseArgs("memory:", "list");

        ListCommand list = (ListCommand) parsed.subcommand().commandSpec().userObject();
        assertThat(command.config(list.registry).registry()).hasToString("memory:");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aNodeMayBeCalledLikeACommand(String name) {
        RegistratorCommand command = new RegistratorCommand(Map.of(), question -> Optional.empty());

        String[] line = {"-node-id", name, "memory:"};
        var parsed = CommandLines.of(command).parseArgs(EnvironmentOptions.prepend(line, Map.of(), command.options()));

        assertThat(parsed.hasSubcommand()).isFalse();
        assertThat(command.config().nodeId()).isEqualTo(name);
        assertThat(command.config().registry()).hasToString("memory:");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void readmeAndTroubleshootingNameEveryCommand(String command) throws IOException {
        assertThat(Files.readString(Path.of("../README.md"))).contains("`registrator " + command);
        if (!command.equals("run")) {
            assertThat(Files.readString(Path.of("../docs/troubleshooting.md"))).contains("registrator " + command);
        }
    }

    @Test
    void generatesAManPageForEveryCommandAndCompletionThatShellsTake(@TempDir Path folder) throws Exception {
        assertThat(run("generate", folder.toString()).exitCode()).isZero();

        assertThat(commands())
                .allSatisfy(command -> assertThat(folder.resolve("man/man1/registrator-" + command + ".1"))
                        .content()
                        .contains(".SH NAME\nregistrator\\-" + command + " \\- "));
        assertThat(folder.resolve("man/man1/registrator-generate.1")).doesNotExist();
        assertThat(folder.resolve("man/man1/registrator.1"))
                .content()
                .contains("\\-resync, \\-\\-resync SECONDS")
                .contains(".SH ENVIRONMENT");
        assertThat(folder.resolve("completion/_registrator")).content().startsWith("#compdef registrator\n");
        assertThat(complete(folder.resolve("completion/registrator"), "pl")).isEqualTo("plan");
        assertThat(complete(folder.resolve("completion/registrator"), "--resy")).isEqualTo("--resync");
    }

    /** To write them anew: {@code bin/registrator generate packaging/bundle}. */
    @Test
    void theBundlesManPagesAndCompletionAreThoseOfTheCommands(@TempDir Path folder) throws IOException {
        assertThat(run("generate", folder.toString()).exitCode()).isZero();

        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(
                            file -> assertThat(Path.of("../packaging/bundle").resolve(folder.relativize(file)))
                                    .hasSameTextualContentAs(file));
        }
    }

    /** What bash makes of the word after {@code registrator}. */
    private static String complete(Path script, String word) throws IOException, InterruptedException {
        String function = Files.readString(script)
                .lines()
                .filter(line -> line.startsWith("complete -F "))
                .findFirst()
                .orElseThrow()
                .split(" ", -1)[2];
        String commands =
                "compopt() { :; }; source '" + script + "'; COMP_WORDS=(registrator '" + word + "'); COMP_CWORD=1; "
                        + "COMP_LINE='registrator " + word + "'; " + function + "; echo \"${COMPREPLY[*]}\"";
        Process bash = new ProcessBuilder("bash", "-c", commands)
                .redirectErrorStream(true)
                .start();
        String output = new String(bash.getInputStream().readAllBytes(), UTF_8);
        assertThat(bash.waitFor()).as(output).isZero();
        return output.strip();
    }

    static Stream<String> commands() {
        return registrator().getSubcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(command -> !command.usageMessage().hidden())
                .map(CommandSpec::name);
    }

    private static CommandSpec spec(String command) {
        return registrator().getSubcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(each -> each.name().equals(command))
                .findFirst()
                .orElseThrow();
    }

    private static CommandLine registrator() {
        return CommandLines.of(new RegistratorCommand(Map.of(), question -> Optional.empty()));
    }

    private static Answer run(String... arguments) {
        StringWriter err = new StringWriter();
        int exitCode = registrator().setErr(new PrintWriter(err, true)).execute(arguments);
        return new Answer(exitCode, err.toString());
    }

    private record Answer(int exitCode, String err) {}
}
