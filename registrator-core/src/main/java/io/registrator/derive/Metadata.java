package io.registrator.derive;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Iterables;
import com.google.common.collect.Lists;
import com.google.common.collect.Maps;
import com.google.common.collect.Multimaps;
import io.registrator.model.ContainerPort;
import io.registrator.model.ContainerSnapshot;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a container's environment and labels say about its services, and the one place that knows what beats what:
 * {@code SERVICE_<port>_<protocol>_X} beats {@code SERVICE_<port>_X} beats {@code SERVICE_<from>-<to>_X} beats
 * {@code SERVICE_X}; of the same key a label beats an environment entry; then what comes last.
 *
 * @param entries from the weakest to the strongest
 */
record Metadata(ImmutableList<Entry> entries) {
    private static final Comparator<Entry> STRENGTH =
            Comparator.comparing((Entry entry) -> entry.name().scope()).thenComparing(Entry::source);

    static Metadata of(ContainerSnapshot container, String prefix) {
        return new Metadata(Stream.concat(
                        entries(Attribute.Source.ENV, environment(container), prefix),
                        entries(Attribute.Source.LABEL, labels(container), prefix))
                .sorted(STRENGTH)
                .collect(toImmutableList()));
    }

    /** Whether the container gives this attribute, to whatever port; takes less than all of its metadata. */
    static boolean has(String attribute, ContainerSnapshot container, String prefix) {
        return Stream.concat(environment(container).map(Map.Entry::getKey), container.labels().keySet().stream())
                .filter(key -> key.startsWith(prefix))
                .anyMatch(key -> MetadataKey.parse(key.substring(prefix.length()))
                        .attribute()
                        .equals(attribute));
    }

    /** What holds for this port. */
    Attributes forPort(ContainerPort port) {
        return attributes(scope -> scope.covers(port));
    }

    /** What holds for a service that has no port: the keys without one. */
    Attributes forContainer() {
        return attributes(Scope.EveryPort.class::isInstance);
    }

    /** One of these attributes, unless it is empty. */
    Optional<Attribute> forContainer(String attribute) {
        ImmutableList<Entry> given = entries.stream()
                .filter(entry -> entry.name().scope() instanceof Scope.EveryPort
                        && entry.name().attribute().equals(attribute))
                .collect(toImmutableList());
        return given.isEmpty()
                ? Optional.empty()
                : Optional.of(strongest(given)).filter(Attribute::isGiven);
    }

    /** The ports that a key of their own gives a name. {@code 53_NAME} means the exposed 53, else {@code 53/tcp}. */
    ImmutableSet<ContainerPort> named(Set<ContainerPort> exposed) {
        return entries.stream()
                .filter(entry -> entry.name().attribute().equals("name")
                        && !entry.value().isBlank())
                .flatMap(entry -> named(entry.name().scope(), exposed))
                .collect(toImmutableSet());
    }

    private static Stream<ContainerPort> named(Scope scope, Set<ContainerPort> exposed) {
        return switch (scope) {
            case Scope.OnePort one ->
                Stream.of(ContainerPort.tcp(one.number()))
                        .filter(tcp -> exposed.stream().noneMatch(one::covers));
            case Scope.OnePortAndProtocol one -> Stream.of(one.only());
            case Scope.EveryPort every -> Stream.empty();
            case Scope.PortRange range -> Stream.empty();
            case Scope.NoPort none -> Stream.empty();
        };
    }

    private Attributes attributes(Predicate<Scope> holds) {
        ImmutableListMultimap<String, Entry> byName = Multimaps.index(
                Iterables.filter(entries, entry -> holds.test(entry.name().scope())),
                entry -> entry.name().attribute());
        return new Attributes(ImmutableSortedMap.copyOf(Maps.transformValues(byName.asMap(), Metadata::strongest)));
    }

    private static Attribute strongest(Collection<Entry> weakestFirst) {
        ImmutableList<Entry> strongestFirst = ImmutableList.copyOf(weakestFirst).reverse();
        Entry winner = strongestFirst.getFirst();
        List<String> beaten = Lists.transform(
                strongestFirst.subList(1, strongestFirst.size()),
                entry -> entry.source().of(entry.key()));
        return new Attribute(
                winner.source(), winner.key(), winner.name().scope(), winner.value(), ImmutableList.copyOf(beaten));
    }

    private static Stream<Entry> entries(
            Attribute.Source source, Stream<Map.Entry<String, String>> lines, String prefix) {
        return lines.filter(line -> line.getKey().startsWith(prefix))
                .map(line -> new Entry(
                        source,
                        Text.shown(line.getKey()),
                        MetadataKey.parse(line.getKey().substring(prefix.length())),
                        Text.wellFormed(line.getValue())));
    }

    private static Stream<Map.Entry<String, String>> environment(ContainerSnapshot container) {
        return container.env().stream()
                .filter(line -> line.indexOf('=') >= 0)
                .map(line -> Map.entry(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
    }

    private static Stream<Map.Entry<String, String>> labels(ContainerSnapshot container) {
        return container.labels().entrySet().stream().sorted(Map.Entry.comparingByKey());
    }

    /**
     * One line of metadata.
     *
     * @param key as it is written, fit for a message
     * @param name the key, understood
     */
    record Entry(Attribute.Source source, String key, MetadataKey name, String value) {}
}
