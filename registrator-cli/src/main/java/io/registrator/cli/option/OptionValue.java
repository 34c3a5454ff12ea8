package io.registrator.cli.option;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** What an option takes, and where it goes. */
public sealed interface OptionValue {

    /** Sets the value; false where the text is not plainly one. */
    boolean accept(String text);

    /** Any text. */
    record Text(Consumer<String> set) implements OptionValue {
        @Override
        public boolean accept(String text) {
            set.accept(text);
            return true;
        }
    }

    /** True or false. */
    record Flag(Consumer<Boolean> set) implements OptionValue {
        @Override
        public boolean accept(String text) {
            boolean known = text.equals("true") || text.equals("false");
            if (known) {
                set.accept(text.equals("true"));
            }
            return known;
        }
    }

    /** A whole number. */
    record Number(IntConsumer set) implements OptionValue {
        private static final int MOST_DIGITS = 9;

        @Override
        public boolean accept(String text) {
            boolean plain = !text.isEmpty()
                    && text.length() <= MOST_DIGITS
                    && text.chars().allMatch(each -> each >= '0' && each <= '9');
            if (plain) {
                set.accept(Integer.parseInt(text));
            }
            return plain;
        }
    }

    /** One of a few words, in capitals or not. */
    record Choice<E extends Enum<E>>(Class<E> type, Consumer<E> set) implements OptionValue {
        @Override
        public boolean accept(String text) {
            for (E each : type.getEnumConstants()) {
                if (each.name().equalsIgnoreCase(text)) {
                    set.accept(each);
                    return true;
                }
            }
            return false;
        }
    }

    /** Texts, split at commas; those of several times add up. */
    final class Texts implements OptionValue {
        private static final char QUOTE = '"';

        private List<String> texts = new ArrayList<>();

        /** What has been given so far. */
        public List<String> texts() {
            return texts;
        }

        /** Replaces what has been given so far. */
        public void set(List<String> texts) {
            this.texts = texts;
        }

        /** Quotes keep a comma from splitting, which is not plain. */
        @Override
        public boolean accept(String text) {
            boolean plain = text.indexOf(QUOTE) < 0;
            if (plain) {
                texts.addAll(Arrays.asList(text.split(",", -1)));
            }
            return plain;
        }
    }
}
