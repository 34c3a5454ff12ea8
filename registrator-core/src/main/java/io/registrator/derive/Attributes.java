package io.registrator.derive;

import com.google.common.collect.ImmutableSortedMap;
import java.util.Optional;

/** The attributes that hold for one port, by their lower-case names. */
record Attributes(ImmutableSortedMap<String, Attribute> byName) {

    /** The attribute, unless it is empty. An empty one still hides those that it beats. */
    Optional<Attribute> given(String name) {
        return Optional.ofNullable(byName.get(name)).filter(Attribute::isGiven);
    }
}
