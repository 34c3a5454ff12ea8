package io.registrator.consul;

import com.ecwid.consul.v1.agent.model.NewService;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import io.registrator.model.CheckDefinition;
import io.registrator.model.CheckStatus;
import io.registrator.model.Condition;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.Weights;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A service definition on its way to the agent.
 *
 * @param condition what its checks begin with where the service is new
 * @param leftOut what the agent does not know
 * @param tokenMark as {@link Credentials} gives it
 */
record Registration(ServiceDefinition service, Condition condition, Set<Feature> leftOut, String tokenMark) {

    Registration {
        leftOut = Set.copyOf(leftOut);
    }

    /** The IDs of the checks that the service is to have. */
    ImmutableSet<String> checkIds() {
        return service.checks().stream()
                .map(check -> CheckDocuments.idOf(service, check, leftOut))
                .collect(ImmutableSet.toImmutableSet());
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

    private List<NewService.Check> checks(Optional<CheckStatus> status) {
        return service.checks().stream().map(check -> check(check, status)).collect(ImmutableList.toImmutableList());
    }

    private NewService.Check check(CheckDefinition check, Optional<CheckStatus> status) {
        CheckDocument document = CheckDocuments.of(service, check, leftOut);
        status.or(() -> condition.first(check)).ifPresent(first -> document.setStatus(first.word()));
        return document;
    }

    private ImmutableMap<String, ServiceAddress> taggedAddresses() {
        return ImmutableMap.copyOf(Maps.transformValues(
                service.taggedAddresses(), address -> new ServiceAddress(address, service.port())));
    }

    private static ServiceWeights weights(Weights weights) {
        return new ServiceWeights(weights.passing(), weights.warning());
    }
}
