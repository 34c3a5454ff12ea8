package io.registrator.ops.explain;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Maps;
import io.registrator.model.ObservedService;
import io.registrator.model.ServiceDefinition;
import io.registrator.ops.explain.RegistryState.Difference;
import io.registrator.plan.OwnerMark;
import java.util.SortedMap;
import java.util.stream.Stream;

/** The fields in which what is registered is not what is wanted, as people know them. */
public final class Differences {
    private static final String ABSENT = "(none)";

    private Differences() {}

    /** @param wanted with the owner mark */
    public static ImmutableList<Difference> between(ServiceDefinition wanted, ObservedService found) {
        return Stream.concat(
                        Stream.of(
                                        field("name", wanted.name(), found.name()),
                                        field("address", wanted.address(), found.address()),
                                        field("port", wanted.port(), found.port()),
                                        wanted.enableTagOverride()
                                                ? Stream.<Difference>empty()
                                                : field("tags", wanted.tags(), found.tags()),
                                        field("weights", wanted.weights(), found.weights()),
                                        field(
                                                "enable_tag_override",
                                                wanted.enableTagOverride(),
                                                found.enableTagOverride()),
                                        field("tagged addresses", wanted.taggedAddresses(), found.taggedAddresses()))
                                .flatMap(each -> each),
                        meta(wanted.meta(), found.meta()))
                .collect(toImmutableList());
    }

    private static Stream<Difference> field(String name, Object wanted, Object found) {
        return wanted.equals(found)
                ? Stream.empty()
                : Stream.of(new Difference(name, wanted.toString(), found.toString()));
    }

    private static Stream<Difference> meta(SortedMap<String, String> wanted, SortedMap<String, String> found) {
        var difference = Maps.difference(wanted, found);
        return Stream.of(
                        difference.entriesDiffering().entrySet().stream()
                                .map(entry -> new Difference(
                                        label(entry.getKey()),
                                        entry.getValue().leftValue(),
                                        entry.getValue().rightValue())),
                        difference.entriesOnlyOnLeft().entrySet().stream()
                                .map(entry -> new Difference(label(entry.getKey()), entry.getValue(), ABSENT)),
                        difference.entriesOnlyOnRight().entrySet().stream()
                                .map(entry -> new Difference(label(entry.getKey()), ABSENT, entry.getValue())))
                .flatMap(each -> each);
    }

    /** Agents do not show checks, so the hash of the whole definition stands for them. */
    private static String label(String metaKey) {
        return metaKey.equals(OwnerMark.HASH_KEY) ? "definition, checks included" : "meta " + metaKey;
    }
}
