package io.registrator.model;

import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import java.net.InetSocketAddress;

/** Writes an address and a port as one text, the way URLs and people do. Whoever shows the two together does it by this. */
public final class HostPort {
    private HostPort() {}

    /**
     * {@code 10.0.0.1:80} or {@code [2001:db8::1]:80}.
     *
     * @param host an address; or whatever somebody else has registered in the place of one, which is shown as it is
     */
    public static String text(String host, int port) {
        return InetAddresses.isInetAddress(host)
                ? HostAndPort.fromParts(host, port).toString()
                : host + ":" + port;
    }

    /** The same for an address that is bound; {@code 0.0.0.0} stays what it is. */
    public static String text(InetSocketAddress address) {
        return address.isUnresolved()
                ? text(address.getHostString(), address.getPort())
                : text(InetAddresses.toAddrString(address.getAddress()), address.getPort());
    }
}
