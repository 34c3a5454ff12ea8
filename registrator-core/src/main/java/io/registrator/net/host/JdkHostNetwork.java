package io.registrator.net.host;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class JdkHostNetwork implements HostNetwork {
    private static final Logger log = LoggerFactory.getLogger(JdkHostNetwork.class);

    /** Reserved for documentation (RFC 5737, RFC 3849): routed by the default route, and nobody lives there. */
    private static final ImmutableList<String> FAR_AWAY = ImmutableList.of("192.0.2.1", "2001:db8::1");

    /** Discard. Nothing is sent to it anyway. */
    private static final int PORT = 9;

    @Override
    public Resolved resolve(String name) {
        try {
            return new Resolved(ImmutableList.copyOf(InetAddress.getAllByName(name)), "");
        } catch (UnknownHostException e) {
            log.debug("The name {} does not resolve", name, e);
            return new Resolved(ImmutableList.of(), trouble(name, e));
        }
    }

    /** {@code node-1: Name or service not known}. */
    private static String trouble(String name, UnknownHostException unknown) {
        var message = Strings.nullToEmpty(unknown.getMessage()).strip();
        var trouble = message.startsWith(name + ":")
                ? message.substring(name.length() + 1).strip()
                : message;
        return trouble.isEmpty() || trouble.equals(name) ? "no such name" : trouble;
    }

    @Override
    public ImmutableSet<InetAddress> ownAddresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .collect(ImmutableSet.toImmutableSet());
        } catch (SocketException e) {
            log.debug("Cannot list the network interfaces", e);
            return ImmutableSet.of();
        }
    }

    @Override
    public boolean isNeighbour(InetAddress address) {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(each -> each.getInterfaceAddresses().stream())
                    .anyMatch(own -> isOnNetwork(address, own));
        } catch (SocketException e) {
            log.debug("Cannot list the network interfaces", e);
            return false;
        }
    }

    private static boolean isOnNetwork(InetAddress address, InterfaceAddress own) {
        var bits = own.getNetworkPrefixLength();
        var ours = own.getAddress().getAddress();
        var theirs = address.getAddress();
        return ours.length == theirs.length
                && new BigInteger(1, ours)
                        .xor(new BigInteger(1, theirs))
                        .shiftRight(ours.length * Byte.SIZE - bits)
                        .equals(BigInteger.ZERO);
    }

    @Override
    public ImmutableList<InetAddress> defaultRouteSources() {
        return FAR_AWAY.stream()
                .map(InetAddresses::forString)
                .flatMap(target -> sourceTo(target).stream())
                .collect(toImmutableList());
    }

    /** Connecting a datagram socket sends nothing; it only makes the kernel choose the route and the source address. */
    private static Optional<InetAddress> sourceTo(InetAddress target) {
        try (var socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(target, PORT));
            return Optional.of(socket.getLocalAddress());
        } catch (IOException | UncheckedIOException e) {
            log.debug("No route to {}", target, e);
            return Optional.empty();
        }
    }
}
