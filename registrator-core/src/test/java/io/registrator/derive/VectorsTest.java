package io.registrator.derive;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.registrator.derive.DeliberateDifferences.Difference;
import io.registrator.model.ContainerSnapshot;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What gliderlabs/registrator registers for real inputs, this program registers too, save for the listed differences. */
class VectorsTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void registersWhatTheAncestorDoes(Vector vector) {
        Difference difference = DeliberateDifferences.BY_CASE.get(vector.name());
        ImmutableList<Registration> expected = difference == null
                ? vector.registrations()
                : difference.replacement().apply(vector.registrations());
        assertThat(derived(vector))
                .as(difference == null ? "as recorded" : difference.rule())
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("different")
    void listsNoDifferenceThatIsNone(Vector vector) {
        assertThat(ImmutableSet.copyOf(derived(vector))).isNotEqualTo(ImmutableSet.copyOf(vector.registrations()));
    }

    @Test
    void listsOnlyVectorsThatExist() {
        assertThat(Vector.all().stream().map(Vector::name).collect(toImmutableSet()))
                .containsAll(DeliberateDifferences.BY_CASE.keySet())
                .hasSizeGreaterThan(100);
    }

    static ImmutableList<Vector> vectors() {
        return Vector.all();
    }

    static ImmutableList<Vector> different() {
        return Vector.all().stream()
                .filter(vector -> DeliberateDifferences.BY_CASE.containsKey(vector.name()))
                .collect(toImmutableList());
    }

    private static ImmutableList<Registration> derived(Vector vector) {
        Deriver deriver = new Deriver(settings(vector));
        DesiredServices desired = new DesiredServices();
        for (ContainerSnapshot container : vector.containers()) {
            desired.put(
                    container, deriver.derive(container, id -> find(vector, id)).services());
        }
        return desired.ids().stream()
                .map(id -> Registration.of(desired.get(id).orElseThrow().definition()))
                .collect(toImmutableList());
    }

    private static Optional<ContainerSnapshot> find(Vector vector, String id) {
        return vector.containers().stream()
                .filter(container -> container.id().value().equals(id))
                .findFirst();
    }

    static DerivationSettings settings(Vector vector) {
        DerivationSettingsBuilder settings = DerivationSettingsBuilder.of(
                        "node-1",
                        vector.resolves()
                                ? DeliberateDifferences.HOST_ADDRESS
                                : DeliberateDifferences.HOST_ADDRESS_FOUND_OTHERWISE)
                .defaultTcpCheck(false)
                .allowScriptChecks(true);
        vector.flag("-ttl")
                .map(Integer::parseInt)
                .map(Duration::ofSeconds)
                .ifPresent(ttl -> settings.heartbeat(new Heartbeat(ttl, Heartbeat.within(ttl))));
        for (Iterator<String> flags = vector.flags().iterator(); flags.hasNext(); ) {
            apply(flags.next(), flags, settings);
        }
        return settings.build();
    }

    private static void apply(String flag, Iterator<String> values, DerivationSettingsBuilder settings) {
        switch (flag) {
            case "-internal" -> settings.internal(true);
            case "-explicit" -> settings.explicit(true);
            case "-ip" -> settings.ip(values.next());
            case "-tags" -> settings.tags(values.next());
            case "-useIpFromLabel" -> settings.useIpFromLabel(values.next());
            // These have no part in derivation, or have been seen to.
            case "-ttl", "-ttl-refresh", "-deregister" -> values.next();
            default -> throw new IllegalArgumentException(flag);
        }
    }
}
