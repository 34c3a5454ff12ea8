package io.registrator.derive;

import io.registrator.model.NetworkEndpoint;
import java.util.Optional;

/** Says which of a container's networks its own address is taken from. */
sealed interface NetworkSelector {

    /** Whether an address of this network may be used. */
    boolean takes(String network, String address);

    /** By the network's name, or by a CIDR that the address must lie in; empty where it is neither. */
    static Optional<NetworkSelector> parse(String text) {
        return text.contains("/")
                ? Cidr.parse(text).map(InCidr::new)
                : Optional.of(text).filter(name -> !name.isBlank()).map(Named::new);
    }

    /** The addresses of one network that may be used: {@link NetworkEndpoint} with the others left empty. */
    default NetworkEndpoint usable(String network, NetworkEndpoint endpoint) {
        return new NetworkEndpoint(usable(network, endpoint.ipv4()), usable(network, endpoint.ipv6()));
    }

    private String usable(String network, String address) {
        return IpAddresses.specific(address)
                .filter(specific -> takes(network, specific))
                .orElse("");
    }

    /** Takes every network. */
    record Any() implements NetworkSelector {
        @Override
        public boolean takes(String network, String address) {
            return true;
        }
    }

    /** Takes the network of this name. */
    record Named(String name) implements NetworkSelector {
        @Override
        public boolean takes(String network, String address) {
            return network.equals(name);
        }
    }

    /** Takes addresses that lie in this block. */
    record InCidr(Cidr cidr) implements NetworkSelector {
        @Override
        public boolean takes(String network, String address) {
            return IpAddresses.parse(address).filter(cidr::contains).isPresent();
        }
    }
}
