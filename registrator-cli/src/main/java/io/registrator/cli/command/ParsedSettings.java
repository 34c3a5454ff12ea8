package io.registrator.cli.command;

import io.registrator.cli.option.DaemonOption;
import io.registrator.cli.option.DaemonOptions;
import io.registrator.cli.option.GivenSettings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Which of the daemon's options a parsed command line has. */
final class ParsedSettings {
    private ParsedSettings() {}

    static GivenSettings of(ParseResult parsed, DaemonOptions options) {
        GivenSettings given = new GivenSettings();
        for (ParseResult level : levels(parsed)) {
            Set<OptionSpec> matched = new LinkedHashSet<>(level.matchedOptions());
            matched.forEach(option -> options.all().stream()
                    .filter(each -> each.name().equals(option.names()[0]))
                    .forEach(each -> add(given, each, option)));
        }
        return given;
    }

    private static void add(GivenSettings given, DaemonOption option, OptionSpec matched) {
        matched.originalStringValues().forEach(value -> given.add(option, value));
    }

    /** The command itself, and the one that was given after it. */
    private static List<ParseResult> levels(ParseResult parsed) {
        return parsed.hasSubcommand() ? List.of(parsed, parsed.subcommand()) : List.of(parsed);
    }
}
