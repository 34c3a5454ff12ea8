package io.registrator.derive;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static io.registrator.derive.ContainerBuilder.container;
import static io.registrator.derive.Derivations.derive;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.MapDifference;
import com.google.common.collect.Maps;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerPort;
import io.registrator.model.ServiceId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DesiredServicesTest {
    private static final ServiceId WEB = new ServiceId("web");
    private final DesiredServices desired = new DesiredServices();

    @Test
    void saysWhichIdsAPutChanges() {
        assertThat(put(claiming("1", "a"))).containsExactly(new ServiceId("a"));
        assertThat(put(claiming("1", "b"))).containsExactlyInAnyOrder(new ServiceId("a"), new ServiceId("b"));
        assertThat(desired.ids()).containsExactly(new ServiceId("b"));
    }

    @Test
    void saysNothingOfAPutThatChangesNothing() {
        put(claiming("1", "web"));
        assertThat(put(claiming("1", "web"))).isEmpty();
    }

    @Test
    void forgetsAContainer() {
        put(claiming("1", "web"));
        assertThat(desired.remove(new ContainerId("1"))).containsExactly(WEB);
        assertThat(desired.get(WEB)).isEmpty();
        assertThat(desired.ids()).isEmpty();
        assertThat(desired.remove(new ContainerId("1"))).isEmpty();
    }

    @Test
    void letsTheOldestContainerKeepAnIdWhicheverComesFirst() {
        put(claiming("young", "web").createdAt(2));
        assertThat(put(claiming("old", "web").createdAt(1))).containsExactly(WEB);
        assertThat(put(claiming("youngest", "web").createdAt(3))).isEmpty();
        assertThat(holder()).isEqualTo("old");
        assertThat(desired.conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.kept().container().id().value()).isEqualTo("old");
            assertThat(conflict.refused())
                    .extracting(claim -> claim.container().id().value())
                    .containsExactly("young", "youngest");
            assertThat(conflict.message()).contains("web", "old (old) 80/tcp keeps it");
        });
        assertThat(desired.conflictOf(WEB)).isPresent();
    }

    @Test
    void letsTheSmallerIdKeepItAmongContainersOfOneAge() {
        put(claiming("b", "web"));
        put(claiming("a", "web"));
        assertThat(holder()).isEqualTo("a");
    }

    @Test
    void letsTheLowestPortKeepItInOneContainer() {
        put(claiming("1", "web").publish("9/tcp", "", 9));
        assertThat(desired.get(WEB)).map(service -> service.definition().port()).contains(9);
        assertThat(desired.conflicts().getFirst().refused())
                .extracting(IdClaim::port)
                .containsExactly(ContainerPort.tcp(80));
    }

    @Test
    void handsAnIdOnWhenItsHolderGoes() {
        put(claiming("old", "web").createdAt(1));
        put(claiming("young", "web").createdAt(2));
        assertThat(desired.remove(new ContainerId("old"))).containsExactly(WEB);
        assertThat(holder()).isEqualTo("young");
        assertThat(desired.conflicts()).isEmpty();
        assertThat(desired.conflictOf(WEB)).isEmpty();
    }

    @Property(tries = 200)
    void isTheSameAsFromScratchWhateverHappenedInWhichOrder(@ForAll("steps") List<Step> steps) {
        DesiredServices incremental = new DesiredServices();
        Map<String, Step> last = new HashMap<>();
        Map<ServiceId, DerivedService> before = new HashMap<>();
        for (Step step : steps) {
            ImmutableSet<ServiceId> changed = step.applyTo(incremental);
            last.put(step.container(), step);
            ImmutableMap<ServiceId, DerivedService> now = all(incremental);
            assertThat(now.keySet()).isEqualTo(incremental.ids());
            assertThat(changed).isEqualTo(differences(before, now));
            before = new HashMap<>(now);
        }
        DesiredServices fromScratch = new DesiredServices();
        last.values().forEach(step -> step.applyTo(fromScratch));
        assertThat(all(incremental)).isEqualTo(all(fromScratch));
        assertThat(incremental.conflicts()).isEqualTo(fromScratch.conflicts());
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<String> containers = Arbitraries.of("a", "b", "c", "d");
        Arbitrary<String> ids = Arbitraries.of("web", "api", "db");
        return Combinators.combine(containers, ids.injectNull(0.2), ids)
                .as(Step::new)
                .list()
                .ofMaxSize(25);
    }

    private ImmutableSet<ServiceId> put(ContainerBuilder container) {
        return desired.put(container.build(), derive(container).services());
    }

    private String holder() {
        return desired.get(WEB).orElseThrow().definition().container().id().value();
    }

    private static ContainerBuilder claiming(String container, String serviceId) {
        return container()
                .id(container)
                .name(container)
                .publish("80/tcp", "", 8000)
                .env("SERVICE_ID=" + serviceId);
    }

    private static ImmutableMap<ServiceId, DerivedService> all(DesiredServices services) {
        return services.ids().stream()
                .collect(toImmutableMap(id -> id, id -> services.get(id).orElseThrow()));
    }

    private static ImmutableSet<ServiceId> differences(
            Map<ServiceId, DerivedService> before, Map<ServiceId, DerivedService> now) {
        ImmutableSet.Builder<ServiceId> different = ImmutableSet.builder();
        MapDifference<ServiceId, DerivedService> difference = Maps.difference(before, now);
        different.addAll(difference.entriesDiffering().keySet());
        different.addAll(difference.entriesOnlyOnLeft().keySet());
        different.addAll(difference.entriesOnlyOnRight().keySet());
        return different.build();
    }

    /** A container that comes with two ports and their IDs, or goes where the first is null. */
    record Step(String container, @Nullable String first, String second) {
        private ImmutableSet<ServiceId> applyTo(DesiredServices services) {
            if (first == null) {
                return services.remove(new ContainerId(container));
            }
            ContainerBuilder builder = ContainerBuilder.container()
                    .id(container)
                    .name(container)
                    .createdAt(container.equals("c") ? 0 : 1)
                    .publish("80/tcp", "", 8000)
                    .publish("90/tcp", "", 9000)
                    .env("SERVICE_80_ID=" + first, "SERVICE_90_ID=" + second);
            return services.put(builder.build(), derive(builder).services());
        }
    }
}
