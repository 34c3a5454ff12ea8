package io.registrator.net.http;

import com.google.common.net.HostAndPort;
import java.nio.file.Path;

/** Where a server listens. Its text is what messages call it. */
public sealed interface HttpEndpoint {

    /** A TCP port, with a port number given. */
    record Tcp(HostAndPort address, boolean tls) implements HttpEndpoint {
        @Override
        public String toString() {
            return tls ? "https://" + address : address.toString();
        }
    }

    /** A unix socket, spoken to without TLS. */
    record Unix(Path socket) implements HttpEndpoint {
        @Override
        public String toString() {
            return "unix://" + socket;
        }
    }
}
