package io.registrator.ops.explain;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.registrator.derive.IdConflict;
import io.registrator.model.ObservedService;
import io.registrator.model.ServiceId;
import io.registrator.plan.Decision;

/**
 * What a run would do.
 *
 * @param decisions one a service that is wanted or registered, by ID
 * @param observed what the registry has
 * @param claimedTwice IDs that several containers claim; all but the first of them are not registered
 */
public record Preview(
        ImmutableList<Decision> decisions,
        ImmutableMap<ServiceId, ObservedService> observed,
        ImmutableList<IdConflict> claimedTwice) {

    /** Whether anything would be written. */
    public boolean hasActions() {
        return decisions.stream().anyMatch(Decision.Action.class::isInstance);
    }
}
