package io.registrator.cli.output;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The man page of one command, in the man macros of troff. */
public final class ManPage {
    private final CommandSpec command;
    private final StringBuilder page = new StringBuilder();

    private ManPage(CommandSpec command) {
        this.command = command;
    }

    public static String of(CommandSpec command) {
        return new ManPage(command).page();
    }

    private String page() {
        String name = command.qualifiedName("-");
        line(".TH %s 1", name.toUpperCase(Locale.ROOT));
        section(
                "NAME",
                escape(name) + " \\- " + escape(firstLine(command.usageMessage().description())));
        section(
                "SYNOPSIS",
                Arrays.stream(command.usageMessage().customSynopsis())
                        .map(String::strip)
                        .map(ManPage::escape)
                        .collect(Collectors.joining("\n.br\n")));
        section("DESCRIPTION", text(command.usageMessage().description()));
        line(".SH ARGUMENTS");
        command.positionalParameters().forEach(this::parameter);
        line(".SH OPTIONS");
        command.options().stream().filter(option -> !option.inherited()).forEach(this::option);
        commands(command.subcommands().values());
        if (command.parent() == null) {
            section("ENVIRONMENT", text(command.usageMessage().footer()));
        } else {
            section("SEE ALSO", ".BR registrator (1),\nall options of which apply here too.");
        }
        return page.toString();
    }

    private void commands(Collection<CommandLine> commands) {
        if (commands.isEmpty()) {
            return;
        }
        line(".SH COMMANDS");
        commands.stream()
                .map(CommandLine::getCommandSpec)
                .filter(each -> !each.usageMessage().hidden())
                .forEach(each -> entry(each.name(), text(each.usageMessage().description())));
    }

    private void parameter(PositionalParamSpec parameter) {
        entry(parameter.paramLabel(), text(parameter.description()));
    }

    private void option(OptionSpec option) {
        String label = option.typeInfo().isBoolean() ? "" : " " + option.paramLabel();
        entry(String.join(", ", option.names()) + label, text(option.description()));
    }

    private void entry(String term, String text) {
        line(".TP");
        line("\\fB%s\\fR", escape(term));
        line("%s", text);
    }

    private void section(String title, String text) {
        line(".SH %s", title);
        line("%s", text);
    }

    private static String text(String... lines) {
        return Arrays.stream(lines)
                .map(line -> escape(line.strip()))
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private static String firstLine(String... lines) {
        return Arrays.stream(lines).filter(line -> !line.isBlank()).findFirst().orElse("");
    }

    /** Hyphens that are typed, and lines that begin like a request. */
    private static String escape(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }

    private void line(String format, Object... values) {
        page.append(format.formatted(values)).append('\n');
    }
}
