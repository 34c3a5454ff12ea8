package io.registrator.derive;

import com.google.common.collect.ImmutableList;

/**
 * The value of one attribute for one port, and where it was found.
 *
 * @param key as it is written, with its prefix, fit for a message: {@code SERVICE_80_NAME}
 * @param over the entries that it beats, the strongest first
 */
record Attribute(Source source, String key, Scope scope, String value, ImmutableList<String> over) {
    /** Where an attribute can be written. A label beats an environment entry. */
    enum Source {
        ENV,
        LABEL;

        String of(String key) {
            return (this == ENV ? "env " : "label ") + key;
        }
    }

    boolean isGiven() {
        return !value.isBlank();
    }

    boolean isPortSpecific() {
        return !(scope instanceof Scope.EveryPort);
    }

    String because() {
        String origin = source.of(key);
        return over.isEmpty() ? origin : origin + ", over " + String.join(", ", over);
    }

    /** {@code KEY=value} for a message. */
    String shown() {
        return key + "=" + Text.shown(value);
    }
}
