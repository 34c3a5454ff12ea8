package io.registrator.host;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
    public ImmutableList<InetAddress> resolve(String name) {
        try {
            return ImmutableList.copyOf(InetAddress.getAllByName(name));
        } catch (UnknownHostException e) {
            log.debug("The name {} does not resolve", name, e);
            return ImmutableList.of();
        }
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
    public Optional<InetAddress> defaultRouteSource() {
        return FAR_AWAY.stream()
                .map(InetAddresses::forString)
                .flatMap(target -> sourceTo(target).stream())
                .findFirst();
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
