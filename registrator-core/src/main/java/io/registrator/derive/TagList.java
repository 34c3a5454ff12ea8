package io.registrator.derive;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.regex.Pattern;

/** Lists in one value: split at commas, {@code \,} being a literal comma, with empty parts dropped. */
final class TagList {
    private static final Splitter COMMAS = Splitter.on(',').omitEmptyStrings();
    private static final Splitter UNESCAPED_COMMAS =
            Splitter.on(Pattern.compile("(?<!\\\\),")).omitEmptyStrings();

    private TagList() {}

    static ImmutableList<String> split(String text) {
        return text.indexOf('\\') < 0
                ? ImmutableList.copyOf(COMMAS.split(text))
                : UNESCAPED_COMMAS
                        .splitToStream(text)
                        .map(part -> part.replace("\\,", ","))
                        .collect(toImmutableList());
    }
}
