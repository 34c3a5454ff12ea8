package io.registrator.cli.command;

import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Layout;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Lists the options that only this command has. */
final class OwnOptions implements IHelpSectionRenderer {
    @Override
    public String render(Help help) {
        List<OptionSpec> own = of(help.commandSpec());
        Layout layout = help.createDefaultLayout(own, List.of(), help.colorScheme());
        layout.addOptions(own, help.parameterLabelRenderer());
        return "%n".formatted()
                + layout
                + "%nAll options of registrator apply as well: registrator --help%n".formatted();
    }

    static List<OptionSpec> of(CommandSpec command) {
        return command.options().stream().filter(option -> !option.inherited()).toList();
    }
}
