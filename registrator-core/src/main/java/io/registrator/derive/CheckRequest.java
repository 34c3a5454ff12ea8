package io.registrator.derive;

import java.util.Optional;

/**
 * One check that a container asks for, with the options that hold for it.
 *
 * @param asked what asks for it: {@code SERVICE_CHECK_HTTP=/health}
 * @param number its number, or empty
 */
record CheckRequest(CheckKind kind, Attribute asked, String number, AttributeReader options) {

    /** What tells it apart from the service's other checks. */
    String name(String kindOfProbe) {
        return number.isEmpty() ? kindOfProbe : number + "-" + kindOfProbe;
    }

    /** The attribute's value. */
    String value() {
        return asked.value().strip();
    }

    Optional<String> option(String name) {
        return options.text(name).map(attribute -> attribute.value().strip());
    }
}
