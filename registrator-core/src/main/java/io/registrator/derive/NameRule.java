package io.registrator.derive;

import java.util.Optional;

/**
 * Names a service: its name attribute, else the image's name; with the port appended where the container has several
 * and the name is not one port's own.
 */
final class NameRule {
    private final String prefix;

    NameRule(String prefix) {
        this.prefix = prefix;
    }

    /**
     * The name; empty where there is none to be had, which is an error.
     *
     * @param grouped whether the container has several ports that can be reached
     */
    Optional<Explained<String>> name(Candidate candidate, boolean grouped) {
        Optional<Explained<String>> name = candidate
                .given("name")
                .map(attribute -> fromAttribute(candidate, attribute, grouped))
                .or(() -> fromImage(candidate, grouped));
        name.ifPresent(found -> warnIfUnsafe(candidate, found.value()));
        return name;
    }

    private static Explained<String> fromAttribute(Candidate candidate, Attribute name, boolean grouped) {
        Explained<String> given = new Explained<>(name.value(), name.because());
        return grouped && !name.isPortSpecific() ? withPort(candidate, given) : given;
    }

    private Optional<Explained<String>> fromImage(Candidate candidate, boolean grouped) {
        String image = Text.wellFormed(ImageName.of(candidate.container().image()));
        if (image.isBlank()) {
            candidate.problems().error(key(candidate), "the image has no name to take; set " + key(candidate));
            return Optional.empty();
        }
        Explained<String> name = new Explained<>(image, "the image's name");
        return Optional.of(grouped ? withPort(candidate, name) : name);
    }

    private static Explained<String> withPort(Candidate candidate, Explained<String> name) {
        return new Explained<>(
                name.value() + "-" + candidate.number(), name.because() + ", and the port as one of several");
    }

    private void warnIfUnsafe(Candidate candidate, String name) {
        if (!DnsName.isSafe(name)) {
            candidate
                    .problems()
                    .warning(
                            key(candidate),
                            "the name " + Text.shown(name)
                                    + " cannot be looked up over DNS; use at most 63 letters, digits and hyphens");
        }
    }

    private String key(Candidate candidate) {
        return candidate.given("name").map(Attribute::key).orElse(candidate.key(prefix, "name"));
    }
}
