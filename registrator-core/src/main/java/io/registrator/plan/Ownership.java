package io.registrator.plan;

import io.registrator.model.ObservedService;

/** Whose a registered service is. */
public sealed interface Ownership {

    /** Registered by an instance with our node ID. */
    record Mine(OwnerMark mark) implements Ownership {}

    /** Registered by an instance with another node ID. */
    record OtherInstance(OwnerMark mark) implements Ownership {}

    /** Registered by somebody else altogether. */
    record Foreign() implements Ownership {}

    static Ownership of(ObservedService service, String owner) {
        return OwnerMark.in(service.meta())
                .<Ownership>map(mark -> mark.owner().equals(owner) ? new Mine(mark) : new OtherInstance(mark))
                .orElseGet(Foreign::new);
    }
}
