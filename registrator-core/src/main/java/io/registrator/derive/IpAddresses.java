package io.registrator.derive;

import com.google.common.net.InetAddresses;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/** IP addresses as text. Never resolves a name. */
final class IpAddresses {
    private IpAddresses() {}

    /** The address that others can be sent to, in its shortest form; empty for none, {@code 0.0.0.0}, {@code ::} and names. */
    static Optional<String> specific(String text) {
        return parse(text).filter(address -> !address.isAnyLocalAddress()).map(InetAddresses::toAddrString);
    }

    static boolean isSpecific(String text) {
        return specific(text).isPresent();
    }

    static boolean isLoopback(String text) {
        return parse(text).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    static boolean isIpv6(String text) {
        return text.indexOf(':') >= 0
                && parse(text).filter(Inet6Address.class::isInstance).isPresent();
    }

    /** The address; one with a zone ({@code fe80::1%eth0}) means something on one host only and is none. */
    static Optional<InetAddress> parse(String text) {
        return text.indexOf('%') < 0 && InetAddresses.isInetAddress(text)
                ? Optional.of(InetAddresses.forString(text))
                : Optional.empty();
    }
}
