package io.registrator.derive;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps the user's own attributes as meta, within Consul's limits: keys of {@code A-Z a-z 0-9 _ -}, values of at most 512
 * bytes, 64 pairs. What does not fit is left out with a warning.
 *
 * @see <a href="https://developer.hashicorp.com/consul/docs/services/configuration/services-configuration-reference">Consul</a>
 */
final class MetaRule {
    /** Three of the 64 are for the owner mark, and one for the registry's token. */
    private static final int MOST_PAIRS = 60;

    private static final int MOST_KEY_BYTES = 128;
    private static final int MOST_VALUE_BYTES = 512;
    private static final String RESERVED_BY_CONSUL = "consul-";
    /** The owner mark and the like. */
    private static final String RESERVED_BY_US = "registrator-";

    private static final CharMatcher KEY_CHARACTERS = CharMatcher.inRange('a', 'z')
            .or(CharMatcher.inRange('A', 'Z'))
            .or(CharMatcher.inRange('0', '9'))
            .or(CharMatcher.anyOf("_-"))
            .precomputed();

    /** The pairs by key, each with its reason. */
    ImmutableSortedMap<String, Explained<String>> meta(Candidate candidate) {
        TreeMap<String, Explained<String>> meta = new TreeMap<>();
        for (Map.Entry<String, Attribute> own : cleanKeysFirst(candidate.attributes())) {
            String key = KEY_CHARACTERS.negate().replaceFrom(own.getKey(), '_');
            Attribute attribute = own.getValue();
            trouble(key, attribute, meta)
                    .ifPresentOrElse(
                            trouble -> candidate
                                    .problems()
                                    .warning(attribute.key(), attribute.key() + " is left out of the meta: " + trouble),
                            () -> meta.put(key, new Explained<>(attribute.value(), attribute.because())));
        }
        return ImmutableSortedMap.copyOf(meta);
    }

    /** So that {@code foo_bar} keeps its place when there is a {@code foo.bar} too. */
    private static ImmutableList<Map.Entry<String, Attribute>> cleanKeysFirst(Attributes attributes) {
        return attributes.byName().entrySet().stream()
                .filter(entry -> !ControlAttributes.isControl(entry.getKey()))
                .sorted(Comparator.comparing(entry -> !KEY_CHARACTERS.matchesAllOf(entry.getKey())))
                .collect(toImmutableList());
    }

    private static Optional<String> trouble(String key, Attribute attribute, Map<String, Explained<String>> meta) {
        if (key.isEmpty()) {
            return Optional.of("it has no key");
        }
        if (key.length() > MOST_KEY_BYTES) {
            return Optional.of("its key is longer than " + MOST_KEY_BYTES + " characters");
        }
        if (key.startsWith(RESERVED_BY_CONSUL) || key.startsWith(RESERVED_BY_US)) {
            return Optional.of("keys that start with " + RESERVED_BY_CONSUL + " or " + RESERVED_BY_US + " are taken");
        }
        if (Text.bytes(attribute.value()) > MOST_VALUE_BYTES) {
            return Optional.of("its value is " + Text.bytes(attribute.value()) + " bytes, and " + MOST_VALUE_BYTES
                    + " is the most");
        }
        if (meta.containsKey(key)) {
            return Optional.of("another attribute has the key " + key);
        }
        return meta.size() < MOST_PAIRS
                ? Optional.empty()
                : Optional.of("there are " + MOST_PAIRS + " attributes already, the most that fit");
    }
}
