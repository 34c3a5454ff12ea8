package io.registrator.derive;

import com.google.common.collect.ImmutableList;
import io.registrator.model.CheckDefinition;
import io.registrator.model.Probe;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Registers a port under further names, {@code SERVICE_ALIASES}: each is a service of its own, with the ID {@code
 * <id>:alias:<alias>}. It is as well as the first service is, which alone checks the port.
 */
final class AliasRule {
    private static final String ATTRIBUTE = "aliases";
    private static final String CHECK = "alias";

    private final NameRule names;

    AliasRule(DerivationSettings settings) {
        this.names = new NameRule(settings.rules().prefix());
    }

    Stream<DerivedService> aliases(Candidate candidate, DerivedService first, boolean grouped) {
        return candidate.given(ATTRIBUTE).stream().flatMap(given -> aliases(candidate, given, first, grouped));
    }

    private Stream<DerivedService> aliases(
            Candidate candidate, Attribute given, DerivedService first, boolean grouped) {
        Set<String> taken = new HashSet<>(Set.of(first.definition().name()));
        return aliases(given).flatMap(alias -> {
            Explained<String> name = names.alias(candidate, given, alias, grouped);
            Optional<ServiceId> id = IdRule.ofAlias(first.definition().id(), alias);
            if (id.isEmpty()) {
                candidate
                        .problems()
                        .warning(given.key(), Text.shown(alias) + " is left out: it makes no usable service ID");
            } else if (!taken.add(name.value())) {
                candidate
                        .problems()
                        .warning(
                                given.key(), Text.shown(name.value()) + " is left out: the port has that name already");
            } else {
                return Stream.of(first.alias(id.get(), name, check(first.definition())));
            }
            return Stream.empty();
        });
    }

    private static Stream<String> aliases(Attribute given) {
        ImmutableList<String> written = TagList.split(given.value());
        return written.stream().map(String::strip).filter(alias -> !alias.isEmpty());
    }

    /** Null where the first has none. What removes the first service removes its aliases. */
    private static @Nullable CheckDefinition check(ServiceDefinition first) {
        if (first.checks().isEmpty()) {
            return null;
        }
        Duration deregisterAfter = first.checks().stream()
                .map(CheckDefinition::deregisterAfter)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
        CheckDefinition plain = CheckTimings.plain(CHECK, new Probe.Alias(first.id()));
        return new CheckDefinition(plain.name(), plain.probe(), plain.interval(), null, null, deregisterAfter, 0, 0, 0);
    }
}
