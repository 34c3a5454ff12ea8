package io.registrator.app.config;

import com.google.common.net.HostAndPort;
import java.nio.file.Path;

/** Where the daemon answers questions about itself: {@code -admin}. */
public sealed interface AdminAddress {
    /** The forms that {@link #parse} takes, for messages. */
    String FORMS = "HOST:PORT, such as 127.0.0.1:8086, or unix:///PATH";

    /** A TCP address; port 0 for any free one. */
    record Tcp(HostAndPort address) implements AdminAddress {
        @Override
        public String toString() {
            return address.toString();
        }
    }

    /** A unix socket, which is made when the daemon starts. */
    record Unix(Path socket) implements AdminAddress {
        @Override
        public String toString() {
            return "unix://" + socket;
        }
    }

    /** @throws ConfigException if it is neither */
    static AdminAddress parse(String text) {
        if (text.startsWith("unix://")) {
            String path = text.substring("unix://".length());
            if (!path.startsWith("/")) {
                throw new ConfigException("Cannot use -admin " + text + ": write " + FORMS);
            }
            return new Unix(Path.of(path));
        }
        try {
            HostAndPort address = HostAndPort.fromString(text).requireBracketsForIPv6();
            if (address.getHost().isEmpty() || address.getHost().contains("/") || !address.hasPort()) {
                throw new ConfigException("Cannot use -admin " + text + ": write " + FORMS);
            }
            return new Tcp(address);
        } catch (IllegalArgumentException malformed) {
            throw new ConfigException("Cannot use -admin " + text + ": write " + FORMS);
        }
    }
}
