package io.registrator.derive;

import java.util.Optional;

/**
 * Finds where a port is reached. The port's number follows from its exposure; the address too, unless
 * {@code SERVICE_IP} or the label of {@code -useIpFromLabel} says another.
 */
final class EndpointRule {
    private final DerivationSettings settings;
    private final OwnAddressRule ownAddress;

    EndpointRule(DerivationSettings settings, NetworkStack.Held stack) {
        this.settings = settings;
        this.ownAddress = new OwnAddressRule(settings, stack);
    }

    /** Empty when there is no address, or when what should say it is in error. */
    Optional<Endpoint> endpoint(Candidate candidate, Exposure exposure) {
        AddressOverride override = new AddressOverride(settings, candidate);
        if (!override.isAsked()) {
            return place(candidate, exposure);
        }
        return override.address().map(address -> Endpoint.claimed(address, port(candidate, exposure)));
    }

    private Optional<Endpoint> place(Candidate candidate, Exposure exposure) {
        Explained<Integer> port = port(candidate, exposure);
        return switch (exposure) {
            case Exposure.None none -> Optional.empty();
            case Exposure.HostNetwork host -> Optional.of(Endpoint.of(hostAddress(), port));
            case Exposure.Published published -> Optional.of(published(candidate, published.binding(), port));
            case Exposure.Own own -> ownAddress.choose(candidate).map(address -> own(address, port));
        };
    }

    private static Explained<Integer> port(Candidate candidate, Exposure exposure) {
        if (exposure instanceof Exposure.Published published) {
            return new Explained<>(published.binding().chosen().hostPort(), "the binding's host port");
        }
        return new Explained<>(
                candidate.number(), candidate.port() == null ? "declared without one" : "the container's port");
    }

    private Endpoint published(Candidate candidate, BindingChoice binding, Explained<Integer> port) {
        Optional<String> hostIp = binding.hostIp();
        if (settings.ip() != null || hostIp.isEmpty()) {
            return Endpoint.of(hostAddress(), port);
        }
        if (IpAddresses.isLoopback(hostIp.get())) {
            candidate.problems().warning("-ip", onlyOn(hostIp.get()));
        }
        Endpoint endpoint = Endpoint.of(new Explained<>(hostIp.get(), "the binding's host IP"), port);
        return binding.ipv6Beside().map(endpoint::withAlternative).orElse(endpoint);
    }

    private static String onlyOn(String loopback) {
        return "published on " + loopback + " only, where no other host reaches it; publish it on another address,"
                + " or pass -ip";
    }

    private Explained<String> hostAddress() {
        return new Explained<>(settings.publishedAddress(), settings.ip() == null ? "the host's address" : "-ip");
    }

    private static Endpoint own(OwnAddressRule.OwnAddress own, Explained<Integer> port) {
        Endpoint endpoint = Endpoint.of(new Explained<>(own.address(), own.because()), port);
        return own.ipv6Beside().map(endpoint::withAlternative).orElse(endpoint);
    }
}
