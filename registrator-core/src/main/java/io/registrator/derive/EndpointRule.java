package io.registrator.derive;

import java.util.Optional;
import java.util.function.Function;

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
        return switch (exposure) {
            case Exposure.None none -> Optional.empty();
            case Exposure.HostNetwork host ->
                unlessOverridden(candidate, ownPort(candidate), port -> Optional.of(Endpoint.of(hostAddress(), port)));
            case Exposure.Published(var bestFirst) -> endpoint(candidate, bestFirst.getFirst());
            case Exposure.Own own ->
                unlessOverridden(
                        candidate,
                        ownPort(candidate),
                        port -> ownAddress.choose(candidate).map(address -> own(address, port)));
        };
    }

    /** The same for one of the places where the port is published. */
    Optional<Endpoint> endpoint(Candidate candidate, BindingChoice binding) {
        Explained<Integer> hostPort = new Explained<>(binding.chosen().hostPort(), "the binding's host port");
        return unlessOverridden(
                candidate,
                hostPort,
                port -> answersOnHostAddress(binding)
                        ? Optional.of(published(candidate, binding, port))
                        : Optional.empty());
    }

    /**
     * Whether the address of all of the host's that we have is of the family that the binding answers on. {@code -ip} is
     * believed for {@code 0.0.0.0}, which some engines show for a binding of both families.
     */
    boolean answersOnHostAddress(BindingChoice binding) {
        boolean ipv6 = IpAddresses.isIpv6(settings.publishedAddress());
        return settings.ip() == null
                ? binding.hostIp().isPresent() || binding.isOfHost(ipv6)
                : ipv6 || !IpAddresses.isIpv6(binding.chosen().hostIp());
    }

    private Optional<Endpoint> unlessOverridden(
            Candidate candidate, Explained<Integer> port, Function<Explained<Integer>, Optional<Endpoint>> place) {
        AddressOverride override = new AddressOverride(settings, candidate);
        return override.isAsked()
                ? override.address().map(address -> Endpoint.claimed(address, port))
                : place.apply(port);
    }

    private static Explained<Integer> ownPort(Candidate candidate) {
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
