package io.registrator.derive;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import io.registrator.model.HostPort;
import io.registrator.model.PortBinding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One place where a port is published: a binding, and the IPv6 binding beside it that answers on the same host port.
 *
 * @param ipv6 null where there is none beside an IPv4 binding, and for a binding that is itself an IPv6 one
 */
record BindingChoice(PortBinding chosen, @Nullable PortBinding ipv6) {
    private static final Comparator<PortBinding> ORDER = Comparator.comparing(
                    (PortBinding binding) -> IpAddresses.isIpv6(binding.hostIp()))
            .thenComparing(binding -> IpAddresses.isLoopback(binding.hostIp()));

    /**
     * The places where a port is published, the one to be registered first: IPv4 before IPv6, an address that others reach
     * before loopback, then the order in which they are listed.
     */
    static ImmutableList<BindingChoice> among(ImmutableList<PortBinding> bindings) {
        List<PortBinding> left = new ArrayList<>(bindings.stream().sorted(ORDER).collect(toImmutableList()));
        ImmutableList.Builder<BindingChoice> places = ImmutableList.builder();
        while (!left.isEmpty()) {
            PortBinding chosen = left.removeFirst();
            // No address and 0.0.0.0 are the same place.
            left.removeIf(other -> text(other).equals(text(chosen)));
            Optional<PortBinding> beside =
                    left.stream().filter(other -> isBeside(chosen, other)).findFirst();
            beside.ifPresent(left::remove);
            places.add(new BindingChoice(chosen, beside.orElse(null)));
        }
        return places.build();
    }

    private static boolean isBeside(PortBinding chosen, PortBinding other) {
        return chosen.hostPort() == other.hostPort()
                && !IpAddresses.isIpv6(chosen.hostIp())
                && IpAddresses.isIpv6(other.hostIp())
                && !IpAddresses.isLoopback(other.hostIp())
                && IpAddresses.isSpecific(chosen.hostIp()) == IpAddresses.isSpecific(other.hostIp());
    }

    /** The chosen binding's address; empty where it is bound to all of the host's. */
    Optional<String> hostIp() {
        return IpAddresses.specific(chosen.hostIp());
    }

    /** The IPv6 address that answers on the same port beside an IPv4 one. */
    Optional<String> ipv6Beside() {
        return Optional.ofNullable(ipv6).flatMap(binding -> IpAddresses.specific(binding.hostIp()));
    }

    /** Whether it answers on the host's addresses of this family: {@code ::} or {@code 0.0.0.0}, or no address for both. */
    boolean isOfHost(boolean wantIpv6) {
        return hostIp().isEmpty()
                && (chosen.hostIp().isEmpty()
                        || IpAddresses.isIpv6(chosen.hostIp()) == wantIpv6
                        || (wantIpv6 && ipv6 != null));
    }

    boolean isLoopback() {
        return IpAddresses.isLoopback(chosen.hostIp());
    }

    /** {@code 8080}, {@code 192.0.2.1:8080} or {@code [::]:8080}: no other binding of the host is written so. */
    String text() {
        return text(chosen);
    }

    private static String text(PortBinding binding) {
        return IpAddresses.isSpecific(binding.hostIp()) || IpAddresses.isIpv6(binding.hostIp())
                ? HostPort.text(IpAddresses.specific(binding.hostIp()).orElse(binding.hostIp()), binding.hostPort())
                : String.valueOf(binding.hostPort());
    }
}
