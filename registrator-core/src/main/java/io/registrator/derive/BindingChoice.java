package io.registrator.derive;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import io.registrator.model.PortBinding;
import java.util.Comparator;
import java.util.Optional;

/**
 * The binding that stands for a port with several: IPv4 before IPv6, an address that others reach before loopback, then
 * the order in which they are listed.
 */
record BindingChoice(ImmutableList<PortBinding> bestFirst) {
    private static final Comparator<PortBinding> ORDER = Comparator.comparing(
                    (PortBinding binding) -> IpAddresses.isIpv6(binding.hostIp()))
            .thenComparing(binding -> IpAddresses.isLoopback(binding.hostIp()));

    static BindingChoice among(ImmutableList<PortBinding> bindings) {
        return new BindingChoice(bindings.stream().sorted(ORDER).collect(toImmutableList()));
    }

    PortBinding chosen() {
        return bestFirst.getFirst();
    }

    /** The chosen binding's address; empty where it is bound to all of the host's. */
    Optional<String> hostIp() {
        return IpAddresses.specific(chosen().hostIp());
    }

    /** The IPv6 address that answers on the same port beside an IPv4 one. */
    Optional<String> ipv6Beside() {
        return bestFirst.stream()
                .skip(1)
                .filter(binding -> binding.hostPort() == chosen().hostPort())
                .map(PortBinding::hostIp)
                .filter(hostIp -> !IpAddresses.isIpv6(chosen().hostIp()) && IpAddresses.isIpv6(hostIp))
                .filter(hostIp -> !IpAddresses.isLoopback(hostIp))
                .flatMap(hostIp -> IpAddresses.specific(hostIp).stream())
                .findFirst();
    }
}
