package io.registrator.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.registrator.derive.ContainerDerivation;
import io.registrator.derive.DerivationSettings;
import io.registrator.derive.DerivationSettingsBuilder;
import io.registrator.derive.Deriver;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerPort;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ContainerState;
import io.registrator.model.Failure;
import io.registrator.model.HealthReport;
import io.registrator.model.InspectDocument;
import io.registrator.model.NetworkMode;
import io.registrator.model.Outcome;
import io.registrator.model.PortBinding;
import io.registrator.model.StopPolicy;
import io.registrator.reconcile.ContainerSource;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WebTextSourceTest {
    private static final DerivationSettings SETTINGS =
            DerivationSettingsBuilder.of("node-1", "192.0.2.1").build();
    private static final String TEMPLATE = "SERVICE_TAGS_TEMPLATE={{httpGet \"http://192.0.2.9/tag\"}}";

    private final Map<ContainerId, Outcome<Optional<ContainerSnapshot>>> engine = new HashMap<>();
    private final WebTextSource source = new WebTextSource(new Inspects(), SETTINGS, url -> "from " + url);

    @Test
    void fetchesForAContainerThatSharesANetworkToo() {
        ContainerSnapshot holder = running("holder", "default", "SERVICE_IGNORE=true");
        ContainerSnapshot sharing = running("sharing", "container:holder", TEMPLATE);

        ContainerSnapshot seen = ((Outcome.Success<Optional<ContainerSnapshot>>) source.inspect(sharing.id()))
                .value()
                .orElseThrow();
        ContainerDerivation derived = new Deriver(SETTINGS).derive(seen, name -> Optional.of(holder));

        assertThat(derived.problems()).isEmpty();
        assertThat(derived.services())
                .singleElement()
                .satisfies(service ->
                        assertThat(service.definition().tags()).containsExactly("from http://192.0.2.9/tag"));
    }

    @Test
    void triesAgainWhereItCannotSeeWhoseNetworkItIs() {
        ContainerSnapshot sharing = running("sharing", "container:holder", TEMPLATE);
        engine.put(new ContainerId("holder"), Outcome.failed(new Failure.Transient("connection refused")));

        assertThat(source.inspect(sharing.id()))
                .isEqualTo(Outcome.failed(new Failure.Transient(
                        "a template of " + sharing.ref() + ": it shares the network of holder: connection refused")));
    }

    private ContainerSnapshot running(String name, String mode, String env) {
        ContainerPort port = ContainerPort.tcp(80);
        ContainerSnapshot container = new ContainerSnapshot(
                new ContainerId(name),
                name,
                "web:1",
                Instant.EPOCH,
                Instant.EPOCH,
                ContainerState.RUNNING,
                0,
                HealthReport.NONE,
                StopPolicy.DEFAULT,
                ImmutableList.of(env),
                ImmutableMap.of(),
                ImmutableSortedSet.of(port),
                ImmutableSortedMap.of(port, ImmutableList.of(new PortBinding("0.0.0.0", 8080))),
                new NetworkMode(mode),
                ImmutableSortedMap.of(),
                new InspectDocument(Map.of(), ImmutableMap.of()));
        engine.put(container.id(), Outcome.success(Optional.of(container)));
        return container;
    }

    private final class Inspects implements ContainerSource {
        @Override
        public Outcome<Optional<ContainerSnapshot>> inspect(ContainerId id) {
            return engine.getOrDefault(id, Outcome.success(Optional.empty()));
        }

        @Override
        public Outcome<EventStream> subscribe(EventListener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome<Instant> time() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome<ImmutableList<ContainerListing>> list() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
