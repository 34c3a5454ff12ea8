package io.registrator.derive;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.Failure;
import io.registrator.model.ObservedService;
import io.registrator.model.Outcome;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.reconcile.ServiceRegistry.Done;
import io.registrator.registry.consul.ConsulRegistry;
import io.registrator.testing.ConsulAgentProcess;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

/** What is derived from any container, a real agent takes, and shows again as it was meant. */
@Domain(AnyContainer.class)
@SuppressWarnings("NullAway.Init")
class GeneratedConfigurationsIT {
    private static final int CONFIGURATIONS = 200;
    private static final Pattern DNS_LABEL = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

    private static ConsulAgentProcess agent;
    private static ConsulRegistry registry;

    @BeforeContainer
    static void start() throws IOException, InterruptedException {
        // What a container may ask for only where the operator allows it, on both sides.
        agent = ConsulAgentProcess.running("enable_script_checks = true");
        registry = ConsulRegistry.open(agent.settings());
    }

    @AfterContainer
    static void stop() throws IOException {
        registry.close();
        agent.close();
    }

    @Property(tries = CONFIGURATIONS, edgeCases = EdgeCasesMode.NONE)
    void consulHoldsWhatWasMeant(
            @ForAll ContainerSnapshot container, @ForAll ContainerSnapshot other, @ForAll DerivationSettings settings) {
        ContainerDerivation derivation = new Deriver(settings)
                .derive(container, id -> id.equals(AnyContainer.OTHER) ? Optional.of(other) : Optional.empty());
        ImmutableList<ServiceDefinition> services = services(container, derivation).stream()
                .filter(service -> !isUnknownTo(registry.register(service), service))
                .collect(toImmutableList());
        Statistics.label("services")
                .collect(!services.isEmpty())
                .coverage(coverage -> coverage.check(true).percentage(share -> share > 25));
        try {
            services.forEach(service ->
                    assertThat(registry.register(service)).as("%s", service).isEqualTo(Outcome.success(Done.APPLIED)));
            ImmutableMap<ServiceId, ObservedService> there = list();
            assertThat(services)
                    .allSatisfy(service -> assertThat(there.get(service.id())).isEqualTo(service.asObserved()));
            assertThat(derivation.services())
                    .allMatch(service -> isResolvable(service) || isWarnedOf(derivation, service));
        } finally {
            services.forEach(service -> assertThat(registry.deregister(service.id(), seen -> true))
                    .isEqualTo(Outcome.success(Done.APPLIED)));
        }
    }

    /** An agent refuses, in a path, letters that came into Unicode after it was built. */
    private static boolean isUnknownTo(Outcome<Done> outcome, ServiceDefinition service) {
        return outcome instanceof Outcome.Failed<Done>(Failure.Rejected(var status, var message))
                && status == 400
                && message.contains("/v1/agent/service/")
                && !CharMatcher.ascii().matchesAllOf(service.id().value());
    }

    /** Without those that lose an ID to another. */
    private static ImmutableList<ServiceDefinition> services(
            ContainerSnapshot container, ContainerDerivation derivation) {
        DesiredServices desired = new DesiredServices();
        desired.put(container, derivation.services());
        return desired.ids().stream()
                .map(id -> desired.get(id).orElseThrow().definition())
                .collect(toImmutableList());
    }

    private static ImmutableMap<ServiceId, ObservedService> list() {
        return switch (registry.list()) {
            case Outcome.Success<ImmutableMap<ServiceId, ObservedService>>(var services) -> services;
            case Outcome.Failed<ImmutableMap<ServiceId, ObservedService>>(var failure) ->
                throw new AssertionError(failure);
        };
    }

    private static boolean isResolvable(DerivedService service) {
        return DNS_LABEL.matcher(service.definition().name()).matches();
    }

    private static boolean isWarnedOf(ContainerDerivation derivation, DerivedService service) {
        return derivation.problems().stream()
                .filter(problem -> Objects.equals(problem.port(), service.port()))
                .anyMatch(problem -> problem.message().contains("cannot be looked up over DNS"));
    }
}
