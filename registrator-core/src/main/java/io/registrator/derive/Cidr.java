package io.registrator.derive;

import com.google.common.primitives.Ints;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;

/** A block of IP addresses, such as {@code 10.1.0.0/16} or {@code fd00::/8}. */
record Cidr(InetAddress base, int prefixLength) {

    static Optional<Cidr> parse(String text) {
        int slash = text.lastIndexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        Integer length = Ints.tryParse(text.substring(slash + 1));
        return IpAddresses.parse(text.substring(0, slash))
                .filter(base -> length != null && length >= 0 && length <= bits(base))
                .map(base -> new Cidr(base, length == null ? 0 : length));
    }

    boolean contains(InetAddress address) {
        return bits(address) == bits(base) && network(address).equals(network(base));
    }

    private BigInteger network(InetAddress address) {
        return new BigInteger(1, address.getAddress()).shiftRight(bits(base) - prefixLength);
    }

    private static int bits(InetAddress address) {
        return address.getAddress().length * Byte.SIZE;
    }
}
