package io.registrator.registry.consul;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.ecwid.consul.v1.agent.model.NewService;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import io.registrator.model.CheckDefinition;
import io.registrator.model.CheckStatus;
import io.registrator.model.Condition;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.model.Weights;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A service definition on its way to the agent. */
final class Registration {
    private final ServiceDefinition service;
    private final Condition condition;
    private final String tokenMark;

    /** In the order of the definition's, without a first status. */
    private final ImmutableList<CheckDocument> checks;

    /**
     * @param condition what its checks begin with where the service is new
     * @param leftOut what the agent does not know
     * @param tokenMark as {@link Credentials} gives it
     */
    Registration(ServiceDefinition service, Condition condition, Set<Feature> leftOut, String tokenMark) {
        this.service = service;
        this.condition = condition;
        this.tokenMark = tokenMark;
        this.checks = service.checks().stream()
                .map(check -> CheckDocuments.of(service, check, leftOut))
                .collect(toImmutableList());
    }

    ServiceId id() {
        return service.id();
    }

    /** The IDs of the checks that the service is to have. */
    ImmutableSet<String> checkIds() {
        return checks.stream()
                .map(check -> Objects.requireNonNull(check.checkId))
                .collect(toImmutableSet());
    }

    /** For a service that is new: its checks begin as its definition or its condition says. */
    ServiceDocument fresh() {
        return document(Optional.empty());
    }

    /** For a service that is there: checks that it does not have yet begin with {@code status}. */
    ServiceDocument continuing(CheckStatus status) {
        return document(Optional.of(status));
    }

    private ServiceDocument document(Optional<CheckStatus> status) {
        ServiceDocument document = new ServiceDocument();
        document.setId(service.id().value());
        document.setName(service.name());
        document.setTags(service.tags());
        document.setAddress(service.address());
        document.setPort(service.port());
        document.setMeta(Credentials.marked(service.meta(), tokenMark));
        document.setEnableTagOverride(service.enableTagOverride());
        document.setChecks(checks(status));
        document.taggedAddresses = taggedAddresses();
        document.weights = weights(service.weights());
        return document;
    }

    private ImmutableList<NewService.Check> checks(Optional<CheckStatus> status) {
        for (int i = 0; i < checks.size(); i++) {
            CheckDefinition definition = service.checks().get(i);
            checks.get(i)
                    .setStatus(status.or(() -> condition.first(definition))
                            .map(CheckStatus::word)
                            .orElse(null));
        }
        return ImmutableList.copyOf(checks);
    }

    private ImmutableMap<String, ServiceAddress> taggedAddresses() {
        return ImmutableMap.copyOf(Maps.transformValues(
                service.taggedAddresses(), address -> new ServiceAddress(address, service.port())));
    }

    private static ServiceWeights weights(Weights weights) {
        return new ServiceWeights(weights.passing(), weights.warning());
    }
}
