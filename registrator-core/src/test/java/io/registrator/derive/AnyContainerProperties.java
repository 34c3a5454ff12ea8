package io.registrator.derive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ListMultimap;
import com.google.common.collect.Multimaps;
import com.google.common.collect.Sets;
import com.google.common.net.InetAddresses;
import io.registrator.model.CheckDefinition;
import io.registrator.model.ContainerPort;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.Probe;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.statistics.Statistics;

/** What holds of every container, however odd. */
@Domain(AnyContainer.class)
class AnyContainerProperties {

    @Property(edgeCases = EdgeCasesMode.NONE)
    void neverYieldsWhatConsulRefusesOrStoresWrongly(
            @ForAll ContainerSnapshot container, @ForAll ContainerSnapshot other, @ForAll DerivationSettings settings) {
        ContainerDerivation derivation = derive(container, other, settings);
        Statistics.label("services")
                .collect(!derivation.services().isEmpty())
                .coverage(coverage -> coverage.check(true).percentage(share -> share > 25));
        assertThat(derivation.services()).allSatisfy(service -> accept(service.definition()));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void registersEveryCandidatePortOrLeavesItOutOnce(
            @ForAll ContainerSnapshot container, @ForAll ContainerSnapshot other, @ForAll DerivationSettings settings) {
        ContainerDerivation derivation = derive(container, other, settings);
        ListMultimap<Optional<ContainerPort>, LeftOut> leftOut = Multimaps.index(
                derivation.leftOut().stream()
                        .filter(left -> left.reason() != LeftOut.Reason.OTHER_BINDING)
                        .toList(),
                left -> Optional.ofNullable(left.port()));
        // By several names and bindings a port gives several services.
        Set<Optional<ContainerPort>> registered = derivation.services().stream()
                .map(service -> Optional.ofNullable(service.port()))
                .collect(Collectors.toSet());
        Set<Optional<ContainerPort>> all = Sets.union(registered, leftOut.keySet());
        assertThat(all)
                .isNotEmpty()
                .containsAll(container.exposedPorts().stream().map(Optional::of).toList());
        assertThat(leftOut.asMap().values())
                .allSatisfy(reasons -> assertThat(reasons).hasSize(1));
        assertThat(registered).allSatisfy(port -> {
            if (bindings(container, port) < 2) {
                assertThat(leftOut.get(port)).isEmpty();
            }
        });
        if (all.contains(Optional.<ContainerPort>empty())) {
            assertThat(all).as("a container without ports").hasSize(1);
        }
    }

    private static int bindings(ContainerSnapshot container, Optional<ContainerPort> port) {
        return port.map(container.bindings()::get).map(List::size).orElse(0);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void explainsEveryPortInErrorAndOnlyThose(
            @ForAll ContainerSnapshot container, @ForAll ContainerSnapshot other, @ForAll DerivationSettings settings) {
        ContainerDerivation derivation = derive(container, other, settings);
        Set<Optional<ContainerPort>> inError = derivation.problems().stream()
                .filter(Problem::isError)
                .map(problem -> Optional.ofNullable(problem.port()))
                .collect(Collectors.toSet());
        assertThat(derivation.services()).noneMatch(service -> inError.contains(Optional.ofNullable(service.port())));
        assertThat(derivation.leftOut())
                .filteredOn(leftOut -> leftOut.reason() == LeftOut.Reason.INVALID)
                .allMatch(leftOut -> inError.contains(Optional.ofNullable(leftOut.port())));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void saysEverythingOnOneLineAndNoToken(
            @ForAll ContainerSnapshot container, @ForAll ContainerSnapshot other, @ForAll DerivationSettings settings) {
        assertThat(derive(container, other, settings).problems())
                .allSatisfy(problem -> assertThat(problem.message())
                        .doesNotContainPattern("\\p{Cntrl}")
                        .doesNotContain(AnyContainer.SECRET));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void isAFunction(
            @ForAll ContainerSnapshot container, @ForAll ContainerSnapshot other, @ForAll DerivationSettings settings) {
        assertThat(derive(container, other, settings)).isEqualTo(derive(container, other, settings));
    }

    private static ContainerDerivation derive(
            ContainerSnapshot container, ContainerSnapshot other, DerivationSettings settings) {
        return new Deriver(settings)
                .derive(container, id -> id.equals(AnyContainer.OTHER) ? Optional.of(other) : Optional.empty());
    }

    /** The limits of Consul 1.8.7, measured, and those of newer ones. */
    private static void accept(ServiceDefinition service) {
        assertThat(ServiceId.isValid(service.id().value())).isTrue();
        assertThat(service.name()).isNotBlank().satisfies(AnyContainerProperties::isUtf8);
        assertThat(service.port()).isBetween(0, 65_535);
        assertThat(service.address()).satisfies(AnyContainerProperties::isAddressOfOneHost);
        assertThat(service.taggedAddresses().values())
                .allSatisfy(AnyContainerProperties::isAddressOfOneHost)
                .allMatch(IpAddresses::isIpv6);
        assertThat(service.meta()).hasSizeLessThanOrEqualTo(61);
        assertThat(service.meta().keySet())
                .allSatisfy(
                        key -> assertThat(key).matches("[A-Za-z0-9_-]{1,128}").doesNotStartWith("consul-"));
        assertThat(service.meta().values()).allSatisfy(value -> {
            isUtf8(value);
            assertThat(value.getBytes(UTF_8).length).isLessThanOrEqualTo(512);
        });
        assertThat(service.tags())
                .doesNotHaveDuplicates()
                .doesNotContain("")
                .allSatisfy(AnyContainerProperties::isUtf8);
        assertThat(service.checks()).extracting(CheckDefinition::name).doesNotHaveDuplicates();
        assertThat(service.checks()).allSatisfy(AnyContainerProperties::accept);
    }

    private static void accept(CheckDefinition check) {
        assertThat(check.interval()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(check.timeout() == null || check.timeout().isPositive()).isTrue();
        assertThat(check.deregisterAfter() == null || check.deregisterAfter().compareTo(Duration.ofMinutes(1)) >= 0)
                .isTrue();
        assertThat(check.failuresBeforeWarning()).isLessThanOrEqualTo(check.failuresBeforeCritical());
        switch (check.probe()) {
            case Probe.Tcp tcp -> assertThat(tcp.target().getPort()).isPositive();
            case Probe.Http http ->
                assertThat(http.url())
                        .matches("https?://[^/]+:[1-9][0-9]*/.*")
                        .satisfies(AnyContainerProperties::isUtf8);
            case Probe.Grpc grpc -> assertThat(grpc.target()).matches(".+:[1-9][0-9]*");
            case Probe.Ttl ttl -> assertThat(ttl.ttl().isPositive()).isTrue();
            case Probe.EngineHealth mirrored -> assertThat(mirrored.ttl()).isGreaterThan(mirrored.heartbeat());
            case Probe.Alias alias -> assertThat(alias.service().value()).isNotEmpty();
            case Probe.Script script -> assertThat(script.args()).isNotEmpty();
        }
    }

    private static void isAddressOfOneHost(String address) {
        assertThat(InetAddresses.forString(address).isAnyLocalAddress()).isFalse();
    }

    private static void isUtf8(String text) {
        assertThat(UTF_8.newEncoder().canEncode(text)).as(text).isTrue();
    }
}
