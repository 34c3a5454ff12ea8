package io.registrator.ops.explain;

import com.google.common.collect.ImmutableList;
import io.registrator.derive.IdConflict;
import io.registrator.model.ObservedService;
import io.registrator.model.ServiceId;
import io.registrator.plan.Decision;
import io.registrator.plan.Ownership;
import org.jspecify.annotations.Nullable;

/** What the registry has of a service that a container gives. */
public sealed interface RegistryState {

    /**
     * Just that.
     *
     * @param maintenance why it is out of service by somebody's order; null when it is not
     */
    record InSync(@Nullable String maintenance) implements RegistryState {}

    /** Nothing: it will be registered. */
    record Missing() implements RegistryState {}

    /** Nothing under this ID, but a registrator of another node ID has registered the container. */
    record OtherNode(String node, ServiceId id) implements RegistryState {}

    /** It will be updated in place. */
    record Differs(Decision.Register.Why why, ImmutableList<Difference> fields) implements RegistryState {}

    /** Another's service under the same ID, which is left alone. */
    record Taken(ObservedService by, Ownership ownership) implements RegistryState {}

    /** Another container of this engine has the better claim on the ID. */
    record ClaimedTwice(IdConflict conflict) implements RegistryState {}

    /** Nothing, and what the registry says of itself tells that it would refuse the service. */
    record Refused(String why) implements RegistryState {}

    /** The registry does not answer. */
    record Unknown(String why) implements RegistryState {}

    /** One field that is not as it should be. */
    record Difference(String field, String wanted, String found) {}
}
