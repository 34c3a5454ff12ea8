package io.registrator.model;

import static com.google.common.base.Preconditions.checkArgument;

/** Something that is told to a peer and to nobody else: its text is three stars. */
public record Secret(String value) {
    public Secret {
        checkArgument(!value.isEmpty(), "a secret is not empty");
    }

    @Override
    public String toString() {
        return "***";
    }
}
