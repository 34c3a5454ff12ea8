package io.registrator.derive;

import com.google.common.collect.ImmutableMap;
import io.registrator.model.NetworkEndpoint;
import java.util.Optional;

/**
 * Chooses the container's own address: on the network that {@code SERVICE_NETWORK} or {@code -network} says, else on the
 * first of its networks in the order of {@link NetworkStack.Held#networks}. IPv4 before IPv6.
 */
final class OwnAddressRule {
    private final DerivationSettings settings;
    private final ImmutableMap<String, NetworkEndpoint> networks;

    OwnAddressRule(DerivationSettings settings, NetworkStack.Held stack) {
        this.settings = settings;
        this.networks = stack.networks();
    }

    /** Empty where the networks in question give the container no address, or the selector is in error. */
    Optional<OwnAddress> choose(Candidate candidate) {
        return selector(candidate).flatMap(this::choose);
    }

    private Optional<OwnAddress> choose(NetworkSelector selector) {
        return networks.entrySet().stream()
                .flatMap(network ->
                        OwnAddress.on(network.getKey(), selector.usable(network.getKey(), network.getValue())).stream())
                .findFirst();
    }

    private Optional<NetworkSelector> selector(Candidate candidate) {
        return candidate
                .given("network")
                .map(network -> selector(candidate, network))
                .orElseGet(this::defaultSelector);
    }

    private Optional<NetworkSelector> selector(Candidate candidate, Attribute network) {
        Optional<NetworkSelector> selector =
                NetworkSelector.parse(network.value().strip());
        return selector.isPresent()
                ? selector
                : candidate
                        .reader()
                        .wrong(network, "a network's name or a CIDR", "write it like backend or 10.1.0.0/16");
    }

    private Optional<NetworkSelector> defaultSelector() {
        String network = settings.rules().network();
        return network == null ? Optional.of(new NetworkSelector.Any()) : NetworkSelector.parse(network);
    }

    /**
     * An address of the container.
     *
     * @param ipv6 its IPv6 address on the same network, or empty
     */
    record OwnAddress(String network, String address, String ipv6) {
        private static Optional<OwnAddress> on(String network, NetworkEndpoint usable) {
            String address = usable.ipv4().isEmpty() ? usable.ipv6() : usable.ipv4();
            return Optional.of(new OwnAddress(network, address, usable.ipv6()))
                    .filter(own -> !own.address().isEmpty());
        }

        Optional<String> ipv6Beside() {
            return Optional.of(ipv6).filter(text -> IpAddresses.isIpv6(text) && !text.equals(address));
        }

        String because() {
            return "the container's address on network " + network;
        }
    }
}
