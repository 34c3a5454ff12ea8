package io.registrator.derive;

import com.google.common.collect.ImmutableList;

/**
 * The value of one attribute for one port, and where it was found.
 *
 * @param key as it is written, with its prefix: {@code SERVICE_80_NAME}
 * @param over the entries that it beats, the strongest first
 */
record Attribute(Source source, String key, Scope scope, String value, ImmutableList<String> over) {
    private static final int SHOWN_LENGTH = 80;

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

    /** {@code KEY=value} for a message: on one line and not too long. */
    String shown() {
        String line = value.replaceAll("\\p{Cntrl}", "?");
        return key + "=" + (line.length() > SHOWN_LENGTH ? line.substring(0, SHOWN_LENGTH) + "…" : line);
    }
}
