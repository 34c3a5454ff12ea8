package io.registrator.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.cli.option.DaemonOption;
import io.registrator.cli.option.DaemonOptions;
import io.registrator.cli.option.EnvironmentOptions;
import io.registrator.cli.option.OptionValue;
import io.registrator.cli.option.PlainLine;
import io.registrator.config.ConfigException;
import io.registrator.config.DaemonConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import org.slf4j.event.Level;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Two readers of command lines, and one meaning: what the plain one reads, the parser of all commands reads just so. */
class PlainLineProperties {
    private static final List<String> VALUES = List.of(
            "192.0.2.7",
            "true",
            "false",
            "0",
            "5",
            "30",
            "-1",
            "010",
            "99999999999",
            "tcp",
            "NONE",
            "listening",
            "Start",
            "off",
            "maintenance",
            "on-success",
            "never",
            "debug",
            "json",
            "a",
            "label=a,label=b=c",
            "\"x,y\"",
            "",
            " ",
            "name=web*",
            "-internal",
            "--",
            "run",
            "list",
            "memory:",
            "x y",
            "@file",
            "127.0.0.1:8086",
            "x=y",
            "1e3",
            "٣");
    private static final List<String> WORDS = List.of(
            "run",
            "run",
            "memory:",
            "consul://127.0.0.1:8500",
            "consulkv://127.0.0.1/a",
            "etcd://x",
            "true",
            "plan",
            "x",
            "--help",
            "-V",
            "--",
            "@a:b",
            "",
            "-x",
            "--interal",
            ":");

    @Property(tries = 3000)
    void plainReaderAgreesWithTheParserOfAllCommands(
            @ForAll("lines") List<String> words, @ForAll("environments") Map<String, String> environment) {
        String[] arguments = words.toArray(String[]::new);
        Optional<Meaning> plain = PlainLine.read(arguments, environment).map(line -> Meaning.of(line, environment));
        Statistics.label("plain").collect(plain.isPresent());
        Statistics.label("plain").coverage(lines -> lines.check(true).percentage(share -> share > 10));

        plain.ifPresent(meaning -> assertThat(Meaning.ofAnyCommand(arguments, environment))
                .as("%s with %s", words, environment)
                .isEqualTo(meaning));
    }

    /** What a daemon would run with, or the complaint. */
    private record Meaning(Object outcome, Level level, Object format, String given) {
        static Meaning of(PlainLine line, Map<String, String> environment) {
            return new Meaning(
                    outcome(() -> line.options().config(environment, line.registry())),
                    line.options().logLevel(),
                    line.options().logFormat(),
                    line.given().text(environment));
        }

        static Meaning ofAnyCommand(String[] arguments, Map<String, String> environment) {
            RegistratorCommand command = new RegistratorCommand(environment, question -> Optional.empty());
            CommandLine parser = CommandLines.of(command);
            ParseResult parsed;
            try {
                parsed = parser.parseArgs(EnvironmentOptions.prepend(arguments, environment, command.options()));
            } catch (ParameterException wrong) {
                return new Meaning(String.valueOf(wrong.getMessage()), Level.INFO, "", "");
            }
            return new Meaning(
                    outcome(() -> config(command, parsed)),
                    command.options().logLevel(),
                    command.options().logFormat(),
                    ParsedSettings.of(parsed, command.options()).text(environment));
        }

        private static DaemonConfig config(RegistratorCommand command, ParseResult parsed) {
            if (parsed.isUsageHelpRequested() || parsed.isVersionHelpRequested()) {
                throw new ConfigException("help");
            }
            if (!parsed.hasSubcommand()) {
                return command.config();
            }
            Object subcommand = parsed.subcommand().commandSpec().userObject();
            return subcommand instanceof RunCommand run
                    ? command.config(run.registry)
                    : fail("another command: " + subcommand);
        }

        private static DaemonConfig fail(String why) {
            throw new ConfigException(why);
        }

        private static Object outcome(Supplier<DaemonConfig> question) {
            try {
                return question.get();
            } catch (ConfigException complaint) {
                return String.valueOf(complaint.getMessage());
            }
        }
    }

    @Provide
    Arbitrary<List<String>> lines() {
        Arbitrary<List<String>> option = Arbitraries.of(new DaemonOptions().all())
                .flatMap(each -> Combinators.combine(
                                Arbitraries.of(true, false),
                                Arbitraries.frequencyOf(
                                        Tuple.of(1, Arbitraries.of(VALUES)), Tuple.of(4, fitting(each))),
                                Arbitraries.of(0, 1, 1, 2, 2, 2))
                        .as((isLong, value, form) -> option(each, isLong, value, form)));
        Arbitrary<List<String>> word = Arbitraries.of(WORDS).map(List::of);
        return Arbitraries.frequencyOf(Tuple.of(5, option), Tuple.of(1, word))
                .list()
                .ofMaxSize(5)
                .map(PlainLineProperties::flat);
    }

    @Provide
    Arbitrary<Map<String, String>> environments() {
        List<String> names = new ArrayList<>(new DaemonOptions()
                .all().stream().map(EnvironmentOptions::variable).toList());
        names.addAll(List.of("CONSUL_HTTP_ADDR", "CONSUL_NAMESPACE"));
        return Arbitraries.maps(Arbitraries.of(names), Arbitraries.of(VALUES)).ofMaxSize(2);
    }

    private static List<String> option(DaemonOption option, boolean isLong, String value, int form) {
        String name = isLong ? option.longName() : option.name();
        return switch (form) {
            case 0 -> List.of(name);
            case 1 -> List.of(name + "=" + value);
            default -> List.of(name, value);
        };
    }

    private static Arbitrary<String> fitting(DaemonOption option) {
        return switch (option.value()) {
            case OptionValue.Text text ->
                option.name().equals("-deregister") ? Arbitraries.of("always", "never") : Arbitraries.of("192.0.2.7");
            case OptionValue.Flag flag -> Arbitraries.of("true", "false");
            case OptionValue.Number number -> Arbitraries.of("1", "7", "20");
            case OptionValue.Choice<?> choice ->
                Arbitraries.of(choice.type().getEnumConstants())
                        .map(each -> each.name().toLowerCase(Locale.ROOT));
            case OptionValue.Texts texts -> Arbitraries.of("label=a,label=b=c", "name=web*");
        };
    }

    private static List<String> flat(List<List<String>> parts) {
        return parts.stream().flatMap(List::stream).toList();
    }
}
