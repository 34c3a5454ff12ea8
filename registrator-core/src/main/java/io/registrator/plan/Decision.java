package io.registrator.plan;

import io.registrator.model.ObservedService;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import org.jspecify.annotations.Nullable;

/** What to do about one service, and why. */
public sealed interface Decision {
    ServiceId id();

    /** Something to write. */
    sealed interface Action extends Decision {
        /** Whether the service is there before, and stays. */
        default boolean isUpdate() {
            return switch (this) {
                case Register register -> register.why() != Register.Why.MISSING;
                case Maintain maintain -> true;
                case Deregister deregister -> false;
            };
        }
    }

    /**
     * Register or update in place.
     *
     * @param definition with the owner mark in its metadata
     */
    record Register(ServiceDefinition definition, Register.Why why) implements Action {
        @Override
        public ServiceId id() {
            return definition.id();
        }

        /** Why it is written. */
        public enum Why {
            /** The registry has no such service. */
            MISSING,
            /** The registry has it as we defined it earlier. */
            CHANGED,
            /** Somebody altered what we registered. */
            ALTERED,
            /** The registry would go on using a token for it that is no longer ours. */
            REAUTHORIZED,
            /** A predecessor registered it without a mark. */
            ADOPTED,
            /** We registered it under an earlier node ID. */
            TAKEN_OVER
        }
    }

    /**
     * Put a service of ours into maintenance, or take it out again.
     *
     * @param definition what the registry has
     * @param reason null to end the maintenance
     */
    record Maintain(ServiceDefinition definition, @Nullable String reason) implements Action {
        @Override
        public ServiceId id() {
            return definition.id();
        }
    }

    /** Deregister. */
    record Deregister(ObservedService observed, Deregister.Why why) implements Action {
        /** Whether somebody else registered it. */
        public boolean isOfAnother() {
            return why != Why.STALE;
        }

        @Override
        public ServiceId id() {
            return observed.id();
        }

        /** Why it is removed. */
        public enum Why {
            /** Ours, and no container gives it any more. */
            STALE,
            /** A predecessor's, of a container that is not here, and removing those was asked for. */
            DANGLING,
            /** Of our earlier node ID; another takes its place, or its container is not here and removing those was asked for. */
            TAKEN_OVER
        }
    }

    /** The registry has what we want. */
    record InSync(ServiceDefinition definition) implements Decision {
        @Override
        public ServiceId id() {
            return definition.id();
        }
    }

    /** Not wanted by us, and not to be touched. */
    record LeaveAlone(ServiceId id, LeaveAlone.Why why) implements Decision {
        /** Why it stays. */
        public enum Why {
            /** Neither wanted nor registered. */
            ABSENT,
            /** Somebody else's. */
            NOT_MINE,
            /** Ours, but its container stopped in a way after which services are to stay. */
            KEPT_BY_POLICY,
            /** Ours, of a container that may well give it, once the host's address is known. */
            AWAITS_HOST_ADDRESS
        }
    }

    /** Wanted by us, but the ID is taken by a service that is not ours. */
    record Conflict(ServiceDefinition definition, ObservedService observed, Ownership ownership) implements Decision {
        @Override
        public ServiceId id() {
            return definition.id();
        }
    }
}
