package io.registrator.plan;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * What may be done to services.
 *
 * @param owner our node ID
 * @param cleanup whether what a predecessor left of containers that are not here may be removed
 */
public record PlanPolicy(String owner, DeregisterPolicy deregister, boolean cleanup) {
    public PlanPolicy {
        checkArgument(!owner.isBlank(), "an owner is not blank");
    }
}
