package io.registrator.cli.option;

import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * One option of the daemon.
 *
 * @param name with one dash, as the predecessor has it
 * @param longName with two
 * @param label of what it takes, for help
 */
public record DaemonOption(String name, String longName, String label, String description, OptionValue value) {

    static DaemonOption text(String name, String longName, String label, String description, Consumer<String> set) {
        return new DaemonOption(name, longName, label, description, new OptionValue.Text(set));
    }

    /** May be given without a value, and then is true. */
    static DaemonOption flag(String name, String longName, String description, Consumer<Boolean> set) {
        return new DaemonOption(name, longName, "", description, new OptionValue.Flag(set));
    }

    static DaemonOption number(String name, String longName, String label, String description, IntConsumer set) {
        return new DaemonOption(name, longName, label, description, new OptionValue.Number(set));
    }

    static <E extends Enum<E>> DaemonOption choice(
            String name, String longName, String label, String description, Class<E> type, Consumer<E> set) {
        return new DaemonOption(name, longName, label, description, new OptionValue.Choice<>(type, set));
    }
}
