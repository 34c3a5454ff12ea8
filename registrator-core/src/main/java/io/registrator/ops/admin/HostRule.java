package io.registrator.ops.admin;

import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which {@code Host} headers are answered. A page from elsewhere whose name suddenly resolves to our address (DNS
 * rebinding) sends its own name; so only names that cannot be somebody else's are answered: IP addresses, localhost and
 * the name that {@code -admin} was given.
 */
final class HostRule {
    private final String ownName;

    HostRule(String ownName) {
        this.ownName = ownName.toLowerCase(Locale.ROOT);
    }

    boolean allows(@Nullable String hostHeader) {
        if (hostHeader == null) {
            return false;
        }
        try {
            String host = HostAndPort.fromString(hostHeader).getHost().toLowerCase(Locale.ROOT);
            return host.equals("localhost") || host.equals(ownName) || InetAddresses.isInetAddress(host);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
