package io.registrator.cli.option;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** What an option takes, and where it goes. */
public sealed interface OptionValue {

    /** Any text. An empty one is as if the option were not given. */
    record Text(Consumer<String> set) implements OptionValue {}

    /** True or false. */
    record Flag(Consumer<Boolean> set) implements OptionValue {}

    /** A whole number. */
    record Number(IntConsumer set) implements OptionValue {}

    /** One of a few words, in capitals or not. */
    record Choice<E extends Enum<E>>(Class<E> type, Consumer<E> set) implements OptionValue {}

    /** Texts, split at commas; those of several times add up. */
    final class Texts implements OptionValue {
        private List<String> texts = new ArrayList<>();

        /** What has been given so far. */
        public List<String> texts() {
            return texts;
        }

        /** Replaces what has been given so far. */
        public void set(List<String> texts) {
            this.texts = texts;
        }
    }
}
