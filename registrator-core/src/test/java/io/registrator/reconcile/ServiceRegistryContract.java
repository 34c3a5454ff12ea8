package io.registrator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.registrator.model.Condition;
import io.registrator.model.ObservedService;
import io.registrator.model.Outcome;
import io.registrator.model.Probe;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.model.Weights;
import io.registrator.reconcile.ServiceRegistry.Done;
import io.registrator.testing.TestServices;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the loop relies on in every {@link ServiceRegistry}, real or not. */
public abstract class ServiceRegistryContract {
    private static final ServiceId ID = new ServiceId("host:web:8080");

    /** The registry under test, without services; the same one during a test. */
    protected abstract ServiceRegistry registry();

    @Test
    void isEmptyAtFirst() {
        assertThat(list()).isEmpty();
    }

    @Test
    void showsAServiceAsItWasDefined() {
        ServiceDefinition service = web().tags("b", "a", "urlprefix-/ x=1")
                .meta(Map.of("team", "blue", "empty", ""))
                .taggedAddresses(Map.of("lan_ipv6", "fd00::7", "public", "192.0.2.1"))
                .weights(10, 0)
                .enableTagOverride()
                .definition();

        register(service);

        assertThat(list()).containsExactly(Map.entry(ID, observed(service)));
    }

    @Test
    void showsDefaultsWhereNothingWasSaid() {
        register(web().definition());

        ObservedService seen = shown();
        assertThat(seen).isEqualTo(observed(web().definition()));
        assertThat(seen.weights()).isEqualTo(Weights.DEFAULT);
    }

    @Test
    void leavesOutTaggedAddressesThatRepeatTheAddress() {
        register(web().taggedAddresses(Map.of("lan_ipv4", "10.0.0.7", "wan_ipv4", "192.0.2.1"))
                .definition());

        assertThat(shown().taggedAddresses()).containsExactly(Map.entry("wan_ipv4", "192.0.2.1"));
    }

    @Test
    void takesIpv6Addresses() {
        ServiceDefinition service = web().at("fd00::7", 8080).definition();

        register(service);

        assertThat(list()).containsExactly(Map.entry(ID, observed(service)));
    }

    @Test
    void takesServicesWithoutAPort() {
        register(web().at("10.0.0.7", 0).definition());

        assertThat(shown().port()).isZero();
    }

    @Test
    void updatesInPlace() {
        register(web().tags("old")
                .meta(Map.of("old", "1"))
                .weights(3, 3)
                .enableTagOverride()
                .definition());
        ServiceDefinition changed =
                web().name("api").at("10.0.0.8", 9090).tags("new").definition();

        register(changed);

        assertThat(list()).containsExactly(Map.entry(ID, observed(changed)));
    }

    @Test
    void registersTheSameTwiceAsOnce() {
        register(web().definition());
        register(web().definition());

        assertThat(list()).containsExactly(Map.entry(ID, observed(web().definition())));
    }

    @Test
    void registersWhereNothingIsAsExpected() {
        assertThat(list()).isEmpty();

        assertThat(registry().register(web().definition(), Condition.UNKNOWN, Optional::isEmpty))
                .isEqualTo(Outcome.success(Done.APPLIED));

        assertThat(list()).containsOnlyKeys(ID);
    }

    @Test
    void updatesWhatIsExpected() {
        register(web().tags("old").definition());
        assertThat(list()).containsOnlyKeys(ID);
        ObservedService before = observed(web().tags("old").definition());

        Outcome<Done> done = registry()
                .register(web().tags("new").definition(), Condition.UNKNOWN, seen -> seen.equals(Optional.of(before)));

        assertThat(done).isEqualTo(Outcome.success(Done.APPLIED));
        assertThat(shown().tags()).containsExactly("new");
    }

    @Test
    void doesNotOverwriteWhatIsNotExpected() {
        register(web().tags("old").definition());
        register(TestServices.web("other").definition());

        Outcome<Done> done = registry().register(web().tags("new").definition(), Condition.UNKNOWN, Optional::isEmpty);

        assertThat(done).isEqualTo(Outcome.success(Done.SKIPPED));
        assertThat(shown().tags()).containsExactly("old");
        assertThat(registry().register(web().tags("new").definition(), Condition.UNKNOWN, Optional::isPresent))
                .isEqualTo(Outcome.success(Done.APPLIED));
        assertThat(shown().tags()).containsExactly("new");
    }

    @Test
    void doesNotRegisterWhatIsExpectedToBeThereAndIsGone() {
        register(web().definition());
        deregister();

        assertThat(registry().register(web().definition(), Condition.UNKNOWN, Optional::isPresent))
                .isEqualTo(Outcome.success(Done.SKIPPED));

        assertThat(list()).isEmpty();
    }

    @Test
    void tellsIdsApartByCaseAndPunctuation() {
        List<String> ids = List.of("a", "A", "a.b", "a:b", "a_b", "a-b", "a..b", "-", "...");

        ids.forEach(id -> register(TestServices.web(id).definition()));

        assertThat(list().keySet()).extracting(ServiceId::value).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void deregistersWhatIsExpected() {
        register(web().definition());
        register(TestServices.web("other").definition());

        Outcome<Done> done = registry().deregister(ID, seen -> seen.equals(observed(web().definition())));

        assertThat(done).isEqualTo(Outcome.success(Done.APPLIED));
        assertThat(list()).containsOnlyKeys(new ServiceId("other"));
    }

    @Test
    void leavesWhatIsNotExpected() {
        register(web().definition());

        Outcome<Done> done = registry().deregister(ID, seen -> false);

        assertThat(done).isEqualTo(Outcome.success(Done.SKIPPED));
        assertThat(list()).containsOnlyKeys(ID);
    }

    @Test
    void countsWhatIsGoneAsDeregistered() {
        register(web().definition());
        deregister();

        assertThat(registry().deregister(ID, seen -> false)).isEqualTo(Outcome.success(Done.APPLIED));
        assertThat(registry().deregister(new ServiceId("never-seen"), seen -> true))
                .isEqualTo(Outcome.success(Done.APPLIED));
    }

    @Test
    void registersAgainWhatWasDeregistered() {
        register(web().definition());
        deregister();

        register(web().tags("again").definition());

        assertThat(shown().tags()).containsExactly("again");
    }

    @Test
    void isToldThatAServiceIsWell() {
        ServiceDefinition beating = beating();
        register(beating);

        assertThat(registry().heartbeat(beating, Condition.UNKNOWN)).isEqualTo(Outcome.success(Done.APPLIED));
        assertThat(registry().heartbeat(beating, Condition.UNKNOWN)).isEqualTo(Outcome.success(Done.APPLIED));
    }

    @Test
    void saysWhenItHasNoServiceThatCouldBeWell() {
        assertThat(registry().heartbeat(beating(), Condition.UNKNOWN)).isEqualTo(Outcome.success(Done.SKIPPED));
    }

    @Test
    void takesAServiceOutOfServiceAndPutsItInAgain() {
        ServiceDefinition web = web().definition();
        register(web);
        if (!registry().knowsMaintenance()) {
            assertThat(registry().maintain(web, "why not", any -> true)).isEqualTo(Outcome.success(Done.SKIPPED));
            return;
        }
        assertThat(shown().maintenance()).isNull();

        assertThat(registry().maintain(web, "disk & fan; 50% <ü>", any -> true))
                .isEqualTo(Outcome.success(Done.APPLIED));
        assertThat(shown()).isEqualTo(observed(web).inMaintenance("disk & fan; 50% <ü>"));
        register(web().tags("new").definition());
        assertThat(shown().maintenance()).isEqualTo("disk & fan; 50% <ü>");

        assertThat(registry().maintain(web, null, any -> true)).isEqualTo(Outcome.success(Done.APPLIED));
        assertThat(shown().maintenance()).isNull();
        assertThat(registry().maintain(web, null, any -> true)).isEqualTo(Outcome.success(Done.APPLIED));
    }

    @Test
    void leavesMaintenanceThatIsNotAsExpected() {
        ServiceDefinition web = web().definition();
        register(web);
        if (registry().maintain(web, "disk change", any -> true).equals(Outcome.success(Done.SKIPPED))) {
            return;
        }

        assertThat(registry().maintain(web, "ours", Optional::isEmpty)).isEqualTo(Outcome.success(Done.SKIPPED));
        assertThat(registry().maintain(web, null, seen -> seen.equals(Optional.of("ours"))))
                .isEqualTo(Outcome.success(Done.SKIPPED));
        assertThat(shown().maintenance()).isEqualTo("disk change");

        assertThat(registry().maintain(web, null, seen -> seen.equals(Optional.of("disk change"))))
                .isEqualTo(Outcome.success(Done.APPLIED));
        assertThat(shown().maintenance()).isNull();
    }

    @Test
    void keepsMaintenanceWhenTheChecksChange() {
        register(beating());

        boolean inMaintenance = registry()
                .maintain(web().definition(), "for a while", any -> true)
                .equals(Outcome.success(Done.APPLIED));
        register(web().definition());

        assertThat(inMaintenance).isEqualTo(registry().knowsMaintenance());
        assertThat(shown().maintenance()).isEqualTo(inMaintenance ? "for a while" : null);
    }

    @Test
    void saysWhenThereIsNothingToTakeOutOfService() {
        assertThat(registry().maintain(web().definition(), "why not", any -> true))
                .isEqualTo(Outcome.success(Done.SKIPPED));
        assertThat(registry().maintain(web().definition(), null, any -> true)).isEqualTo(Outcome.success(Done.SKIPPED));
    }

    @Test
    void takesManyWritesAtOnce() {
        List<String> ids = IntStream.range(0, 40).mapToObj(i -> "many:" + i).toList();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ids.forEach(
                    id -> threads.execute(() -> register(TestServices.web(id).definition())));
        }

        assertThat(list().keySet()).extracting(ServiceId::value).containsExactlyInAnyOrderElementsOf(ids);
    }

    protected final void register(ServiceDefinition service) {
        assertThat(registry().register(service)).isEqualTo(Outcome.success(Done.APPLIED));
    }

    protected final ImmutableMap<ServiceId, ObservedService> list() {
        return switch (registry().list()) {
            case Outcome.Success<ImmutableMap<ServiceId, ObservedService>> success -> success.value();
            case Outcome.Failed<ImmutableMap<ServiceId, ObservedService>> failed ->
                throw new AssertionError(failed.failure());
        };
    }

    private ObservedService shown() {
        return Objects.requireNonNull(list().get(ID));
    }

    private void deregister() {
        assertThat(registry().deregister(ID, seen -> true)).isEqualTo(Outcome.success(Done.APPLIED));
    }

    private static ServiceDefinition beating() {
        return web().checks(TestServices.check(new Probe.Ttl(Duration.ofMinutes(1), Duration.ofSeconds(20)), null))
                .definition();
    }

    private static TestServices web() {
        return TestServices.web(ID.value());
    }

    /** What a registry shows of the service, given that it says nothing that the registry would say by itself. */
    private static ObservedService observed(ServiceDefinition service) {
        return new ObservedService(
                service.id(),
                service.name(),
                service.tags(),
                service.address(),
                service.port(),
                service.taggedAddresses(),
                service.meta(),
                service.weights(),
                service.enableTagOverride());
    }
}
