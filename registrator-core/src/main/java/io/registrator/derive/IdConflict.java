package io.registrator.derive;

import com.google.common.collect.ImmutableList;
import io.registrator.model.ServiceId;

/**
 * One service ID that several ports claim.
 *
 * @param kept the claim that is registered
 * @param refused the others, not registered while it lasts; at least one
 */
public record IdConflict(ServiceId id, IdClaim kept, ImmutableList<IdClaim> refused) {

    /** One line for people, with what to do about it. */
    public String message() {
        return "the service ID " + id + " is claimed more than once: " + kept + " keeps it, refused are " + refused
                + "; give each its own ID, such as SERVICE_<port>_ID";
    }
}
