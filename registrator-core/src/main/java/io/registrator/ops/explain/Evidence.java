package io.registrator.ops.explain;

import com.google.common.collect.ImmutableList;
import io.registrator.derive.DerivedService;
import io.registrator.derive.IdConflict;
import io.registrator.model.CheckResult;
import io.registrator.model.ContainerId;
import io.registrator.model.ObservedService;
import io.registrator.model.Outcome;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import java.util.Optional;

/** What is known of services besides what a container says. Who cannot tell something says nothing. */
public interface Evidence {

    /** What the registry has under this ID; a failure when it does not answer. */
    Outcome<Optional<ObservedService>> observed(ServiceId id);

    /** All that the registry has of a container, wanted or not. */
    default ImmutableList<ObservedService> registeredFor(ContainerId container) {
        return ImmutableList.of();
    }

    /** The quarrel over this ID, if there is one. */
    default Optional<IdConflict> conflict(ServiceId id) {
        return Optional.empty();
    }

    /** What the service's checks found out. */
    default ImmutableList<CheckResult> checks(ServiceId id) {
        return ImmutableList.of();
    }

    /** Why the registry would refuse, or has refused, this service, as far as that is known. */
    default Optional<String> refusal(ServiceDefinition definition) {
        return Optional.empty();
    }

    /** Whether the service's address answers. */
    default Reach reach(DerivedService service) {
        return new Reach.NotTried();
    }
}
