package io.registrator.derive;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The address that a container says itself: {@code SERVICE_IP}, else the label that {@code -useIpFromLabel} names. */
final class AddressOverride {
    private static final String FLAG = "-useIpFromLabel";
    private final @Nullable String label;
    private final Candidate candidate;

    AddressOverride(DerivationSettings settings, Candidate candidate) {
        this.label = settings.rules().useIpFromLabel();
        this.candidate = candidate;
    }

    /** Whether the address is to be taken from here, and from nowhere else. */
    boolean isAsked() {
        return label != null || candidate.given("ip").isPresent();
    }

    /** Empty where it is missing or is no address, which is an error then. */
    Optional<Explained<String>> address() {
        Optional<Attribute> ip = candidate.given("ip");
        return ip.isPresent()
                ? fromAttribute(ip.get())
                : Optional.ofNullable(label).flatMap(this::fromLabel);
    }

    private Optional<Explained<String>> fromAttribute(Attribute ip) {
        Optional<String> address = IpAddresses.specific(ip.value().strip());
        return address.isPresent()
                ? address.map(specific -> new Explained<>(specific, ip.because()))
                : candidate.reader().wrong(ip, "the IP address of one host", "write one, such as 192.0.2.7");
    }

    private Optional<Explained<String>> fromLabel(String name) {
        String value = candidate.container().labels().getOrDefault(name, "").strip();
        Optional<String> address = IpAddresses.specific(withoutPrefixLength(value));
        if (address.isEmpty()) {
            candidate.problems().error(FLAG, trouble(name, value));
        }
        return address.map(specific -> new Explained<>(specific, "label " + name + " (" + FLAG + ")"));
    }

    private static String trouble(String name, String value) {
        return value.isEmpty()
                ? "the container has no label " + name + "; add it with the address that the service is reached by"
                : "label " + name + "=" + Text.shown(value)
                        + " is not an IP address; write one, such as 192.0.2.7 or 192.0.2.7/24";
    }

    private static String withoutPrefixLength(String value) {
        int slash = value.lastIndexOf('/');
        return slash < 0 ? value : value.substring(0, slash);
    }
}
