package io.registrator.derive;

import io.registrator.model.HostAddress;
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

    /** Empty when there is no address, when the host's is not known, or when what should say it is in error. */
    Optional<Endpoint> endpoint(Candidate candidate, Exposure exposure) {
        return switch (exposure) {
            case Exposure.None none -> Optional.empty();
            case Exposure.HostNetwork host -> unlessOverridden(candidate, ownPort(candidate), this::atHost);
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
                port -> answersOnHostAddress(binding) ? published(candidate, binding, port) : Optional.empty());
    }

    /**
     * Whether an address of all of the host's that we have is of a family that the binding answers on. {@code -ip} is
     * believed for {@code 0.0.0.0}, which some engines show for a binding of both families. While the address is not known, nothing
     * speaks against it.
     */
    boolean answersOnHostAddress(BindingChoice binding) {
        if (!settings.knowsHostAddress()) {
            return true;
        }
        return settings.rules().ip() == null
                ? binding.hostIp().isPresent()
                        || answersOnFoundAddress(binding)
                        || ipv6Alone(binding).isPresent()
                : IpAddresses.isIpv6(settings.rules().ip())
                        || !IpAddresses.isIpv6(binding.chosen().hostIp());
    }

    private boolean answersOnFoundAddress(BindingChoice binding) {
        return binding.isOfHost(IpAddresses.isIpv6(settings.publishedAddress()));
    }

    /** The host's IPv6 address for a binding of all of the host's addresses that answers on no IPv4 one. */
    private Optional<HostAddress.Known> ipv6Alone(BindingChoice binding) {
        return settings.publishedIpv6().filter(known -> binding.isOfHost(true) && !binding.isOfHost(false));
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

    private Optional<Endpoint> published(Candidate candidate, BindingChoice binding, Explained<Integer> port) {
        Optional<String> hostIp = binding.hostIp();
        if (settings.rules().ip() != null || hostIp.isEmpty()) {
            return ipv6Alone(binding)
                    .map(known -> Endpoint.of(explained("the host's IPv6 address", known), port))
                    .or(() -> atHost(port));
        }
        if (IpAddresses.isLoopback(hostIp.get())) {
            candidate.problems().warning("-ip", onlyOn(hostIp.get()));
        }
        Endpoint endpoint = Endpoint.of(new Explained<>(hostIp.get(), "the binding's host IP"), port);
        return Optional.of(binding.ipv6Beside().map(endpoint::withAlternative).orElse(endpoint));
    }

    private static String onlyOn(String loopback) {
        return "published on " + loopback + " only, where no other host reaches it; publish it on another address,"
                + " or pass -ip";
    }

    private Optional<Endpoint> atHost(Explained<Integer> port) {
        return hostAddress().map(address -> Endpoint.of(address, port));
    }

    private Optional<Explained<String>> hostAddress() {
        if (settings.rules().ip() != null) {
            return Optional.of(new Explained<>(settings.rules().ip(), "-ip"));
        }
        return settings.hostAddress() instanceof HostAddress.Known known
                ? Optional.of(explained("the host's address", known))
                : Optional.empty();
    }

    private static Explained<String> explained(String what, HostAddress.Known known) {
        return new Explained<>(known.address(), known.source().isEmpty() ? what : what + ": " + known.source());
    }

    private static Endpoint own(OwnAddressRule.OwnAddress own, Explained<Integer> port) {
        Endpoint endpoint = Endpoint.of(new Explained<>(own.address(), own.because()), port);
        return own.ipv6Beside().map(endpoint::withAlternative).orElse(endpoint);
    }
}
