package io.registrator.cli.command;

import io.registrator.cli.option.DaemonOption;
import io.registrator.cli.option.DaemonOptions;
import io.registrator.cli.option.OptionSection;
import io.registrator.cli.option.OptionValue;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/** Tells the parser of all commands about the daemon's options, section by section, and about help and version. */
final class PicocliOptions {
    private static final String OPTIONAL = "0..1";

    private PicocliOptions() {}

    static void add(DaemonOptions options, CommandSpec command) {
        for (OptionSection section : options.sections()) {
            CommandSpec mixin = CommandSpec.create();
            section.options().forEach(option -> mixin.addOption(spec(option)));
            if (section.equals(options.sections().getLast())) {
                mixin.addOption(OptionSpec.builder("-h", "-help", "--help")
                        .usageHelp(true)
                        .description("Shows this.")
                        .build());
                mixin.addOption(OptionSpec.builder("-V", "-version", "--version")
                        .versionHelp(true)
                        .description("Shows the version.")
                        .build());
            }
            command.addMixin(section.title(), mixin);
        }
    }

    private static OptionSpec spec(DaemonOption option) {
        OptionSpec.Builder spec = OptionSpec.builder(option.name(), option.longName())
                .description(option.description())
                .scopeType(ScopeType.INHERIT);
        if (!option.label().isEmpty()) {
            spec.paramLabel(option.label());
        }
        switch (option.value()) {
            case OptionValue.Text text -> one(spec.type(String.class), String.class, text.set());
            case OptionValue.Flag flag ->
                one(spec.type(boolean.class).arity(OPTIONAL).fallbackValue("true"), Boolean.class, flag.set());
            case OptionValue.Number number -> one(spec.type(int.class), Integer.class, number.set()::accept);
            case OptionValue.Choice<?> choice -> choice(spec, choice);
            case OptionValue.Texts texts -> several(spec, texts);
        }
        return spec.build();
    }

    private static <E extends Enum<E>> void choice(OptionSpec.Builder spec, OptionValue.Choice<E> choice) {
        one(spec.type(choice.type()), choice.type(), choice.set());
    }

    /** The parser first sets what an option has when it is not given: nothing. */
    private static <T> void one(OptionSpec.Builder spec, Class<T> type, Consumer<T> set) {
        spec.setter(new ISetter() {
            @Override
            public <V> V set(V value) {
                if (value != null) {
                    set.accept(type.cast(value));
                }
                return value;
            }
        });
    }

    /** The parser adds to the list that it has got. */
    @SuppressWarnings("unchecked") // What is got is what was set, and that is a list of texts.
    private static void several(OptionSpec.Builder spec, OptionValue.Texts texts) {
        spec.type(List.class).auxiliaryTypes(String.class).splitRegex(",");
        spec.getter(new IGetter() {
            @Override
            public <V> V get() {
                return (V) texts.texts();
            }
        });
        spec.setter(new ISetter() {
            @Override
            public <V> V set(V value) {
                if (value != null) {
                    texts.set((List<String>) value);
                }
                return value;
            }
        });
    }
}
