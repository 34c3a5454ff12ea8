package io.registrator.cli.command;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Layout;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Lists the options under the name of the mixin that holds them. (Argument groups would give headings too, but the parser
 * begins a group anew, and forgets what it held, when one of its options is given twice.)
 */
public final class OptionSections implements IHelpSectionRenderer {
    @Override
    public String render(Help help) {
        return help.commandSpec().mixins().entrySet().stream()
                .map(section -> "%n%s:%n".formatted(section.getKey()) + options(help, section.getValue()))
                .collect(Collectors.joining());
    }

    private static String options(Help help, CommandSpec section) {
        Layout layout = help.createDefaultLayout(section.options(), List.of(), help.colorScheme());
        layout.addOptions(section.options(), help.parameterLabelRenderer());
        return layout.toString();
    }
}
