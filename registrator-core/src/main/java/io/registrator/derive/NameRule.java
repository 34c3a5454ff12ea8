package io.registrator.derive;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names a service: its name attribute, else the image's name, or for an image without one that of the Compose service or the
 * beginning of the image's ID; with the port appended where the container has several
 * and the name is not one port's own.
 */
final class NameRule {
    private static final Pattern IMAGE_ID = Pattern.compile("sha256:[0-9a-f]{12,64}");
    private static final int SHORT_ID = 12;
    private static final String COMPOSE_SERVICE = "com.docker.compose.service";

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

    /** A further name of a port: like its name, it is followed by the port where the container has several. */
    Explained<String> alias(Candidate candidate, Attribute given, String alias, boolean grouped) {
        Explained<String> plain = new Explained<>(alias, given.because());
        Explained<String> name = grouped && !given.isPortSpecific() ? withPort(candidate, plain) : plain;
        if (!DnsName.isSafe(name.value())) {
            candidate.problems().warning(given.key(), unsafe(name.value()));
        }
        return name;
    }

    private static Explained<String> fromAttribute(Candidate candidate, Attribute name, boolean grouped) {
        Explained<String> given = new Explained<>(name.value(), name.because());
        return grouped && !name.isPortSpecific() ? withPort(candidate, given) : given;
    }

    private Optional<Explained<String>> fromImage(Candidate candidate, boolean grouped) {
        String reference = candidate.container().image();
        Explained<String> name = IMAGE_ID.matcher(reference).matches()
                ? nameless(candidate, reference)
                : new Explained<>(Text.wellFormed(ImageName.of(reference)), "the image's name");
        if (name.value().isBlank()) {
            candidate.problems().error(key(candidate), "the image has no name to take; set " + key(candidate));
            return Optional.empty();
        }
        return Optional.of(grouped ? withPort(candidate, name) : name);
    }

    private Explained<String> nameless(Candidate candidate, String imageId) {
        String service = Text.wellFormed(candidate.container().labels().getOrDefault(COMPOSE_SERVICE, ""));
        if (!service.isBlank()) {
            return new Explained<>(service, "label " + COMPOSE_SERVICE + ", since the image is given by its ID");
        }
        String shortId = imageId.substring(imageId.indexOf(':') + 1).substring(0, SHORT_ID);
        candidate
                .problems()
                .warning(
                        key(candidate),
                        "the container was started by the ID of an image that has no tag, so its service is called "
                                + shortId + "; set " + key(candidate));
        return new Explained<>(shortId, "the image's ID, since it has no tag");
    }

    private static Explained<String> withPort(Candidate candidate, Explained<String> name) {
        return new Explained<>(
                name.value() + "-" + candidate.number(), name.because() + ", and the port as one of several");
    }

    private void warnIfUnsafe(Candidate candidate, String name) {
        if (!DnsName.isSafe(name)) {
            String why = candidate.given("name").isPresent() && name.contains(",")
                    ? "the name " + Text.shown(name) + " has a comma in it and is one name all the same; give further"
                            + " names in " + candidate.key(prefix, "aliases")
                    : unsafe(name);
            candidate.problems().warning(key(candidate), why);
        }
    }

    private static String unsafe(String name) {
        return "the name " + Text.shown(name)
                + " cannot be looked up over DNS; use at most 63 letters, digits and hyphens";
    }

    private String key(Candidate candidate) {
        return candidate.given("name").map(Attribute::key).orElse(candidate.key(prefix, "name"));
    }
}
