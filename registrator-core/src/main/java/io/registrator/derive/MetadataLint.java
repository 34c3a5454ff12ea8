package io.registrator.derive;

import static com.google.common.collect.ImmutableSortedSet.toImmutableSortedSet;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Multimaps;
import io.registrator.model.ContainerPort;
import java.util.Collection;
import java.util.Comparator;
import java.util.Set;

/** Looks for keys that will not do what their writer meant. */
final class MetadataLint {
    private final Metadata metadata;
    private final String prefix;
    private final Problems problems;

    MetadataLint(Metadata metadata, String prefix, Problems problems) {
        this.metadata = metadata;
        this.prefix = prefix;
        this.problems = problems;
    }

    void warn(Set<ContainerPort> ports) {
        warnOfCase();
        for (Metadata.Entry entry : metadata.entries()) {
            warnOfSpelling(entry);
            warnOfMissingPort(entry, ports);
        }
    }

    private void warnOfCase() {
        if (metadata.entries().size() < 2) {
            return;
        }
        ImmutableListMultimap<Object, Metadata.Entry> same = Multimaps.index(metadata.entries(), Alike::of);
        same.asMap().values().forEach(this::warnOfCase);
    }

    private void warnOfCase(Collection<Metadata.Entry> alike) {
        ImmutableSortedSet<String> keys =
                alike.stream().map(Metadata.Entry::key).collect(toImmutableSortedSet(Comparator.naturalOrder()));
        if (keys.size() > 1 && namesPorts(alike)) {
            String used = alike.stream()
                    .reduce((earlier, later) -> later)
                    .orElseThrow()
                    .key();
            problems.warning(
                    used,
                    String.join(" and ", keys) + " say the same key twice: " + used + " is used; keep one of them");
        }
    }

    /** Keys with numbers that are no ports have nothing in common. */
    private static boolean namesPorts(Collection<Metadata.Entry> alike) {
        return alike.stream().noneMatch(entry -> entry.name().scope() instanceof Scope.NoPort);
    }

    private void warnOfSpelling(Metadata.Entry entry) {
        String attribute = entry.name().attribute();
        if (ControlAttributes.isKnown(attribute)) {
            return;
        }
        ControlAttributes.nearest(attribute)
                .ifPresentOrElse(known -> warnOfSpelling(entry, known), () -> warnOfUnknownOption(entry));
    }

    private void warnOfSpelling(Metadata.Entry entry, String known) {
        String effect =
                ControlAttributes.isControl(entry.name().attribute()) ? " is left out" : " is kept as meta only";
        problems.warning(entry.key(), entry.key() + effect + "; did you mean " + respelt(entry, known) + "?");
    }

    private void warnOfUnknownOption(Metadata.Entry entry) {
        if (ControlAttributes.isControl(entry.name().attribute())) {
            problems.warning(entry.key(), entry.key() + " is left out: there is no such attribute");
        }
    }

    private void warnOfMissingPort(Metadata.Entry entry, Set<ContainerPort> ports) {
        if (!(entry.name().scope() instanceof Scope.EveryPort)
                && ports.stream().noneMatch(entry.name().scope()::covers)) {
            problems.warning(
                    entry.key(),
                    entry.key() + " concerns no port of this container"
                            + (ports.isEmpty() ? "" : "; it has " + ImmutableSortedSet.copyOf(ports)));
        }
    }

    private String respelt(Metadata.Entry entry, String known) {
        int attributeStart = entry.key().length() - entry.name().attribute().length();
        return attributeStart < prefix.length()
                ? prefix + Ascii.toUpperCase(known)
                : entry.key().substring(0, attributeStart) + Ascii.toUpperCase(known);
    }

    /** What two entries have in common that differ only in case. */
    private record Alike(Attribute.Source source, MetadataKey name) {
        private static Object of(Metadata.Entry entry) {
            return new Alike(entry.source(), entry.name());
        }
    }
}
