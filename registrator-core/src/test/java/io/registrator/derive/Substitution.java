package io.registrator.derive;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an engine chose itself → what stands for it in a recording: container names, addresses and host ports. */
final class Substitution {
    private final Map<String, String> words = new LinkedHashMap<>();

    /** One word; an empty one is none. */
    Substitution put(String chosen, String recorded) {
        if (!chosen.isEmpty() && !recorded.isEmpty()) {
            words.put(chosen, recorded);
        }
        return this;
    }

    Registration in(Registration service) {
        return new Registration(
                in(service.id()),
                in(service.name()),
                in(service.address()),
                Integer.parseInt(in(String.valueOf(service.port()))),
                service.tags().stream().map(this::in).collect(toImmutableSet()),
                in(service.meta()),
                service.checks().stream().map(this::in).collect(toImmutableList()));
    }

    private ImmutableSortedMap<String, String> in(Map<String, String> texts) {
        return ImmutableSortedMap.copyOf(Maps.transformValues(texts, this::in));
    }

    private String in(String text) {
        String result = text;
        for (Map.Entry<String, String> word : words.entrySet()) {
            Pattern whole = Pattern.compile("(?<![\\w.-])" + Pattern.quote(word.getKey()) + "(?![\\w-]|\\.\\w)");
            result = whole.matcher(result).replaceAll(Matcher.quoteReplacement(word.getValue()));
        }
        return result;
    }
}
