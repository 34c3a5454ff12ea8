package io.registrator.app.daemon;

import io.registrator.derive.DerivedService;
import io.registrator.model.Protocol;
import io.registrator.model.ServiceDefinition;
import io.registrator.net.probe.TcpProber;
import io.registrator.ops.explain.Reach;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;

/** Opens a connection to a service, as a consumer on this host would. */
final class ReachProbe {
    private static final int DEADLINE_MILLIS = 1000;

    private ReachProbe() {}

    static Reach of(DerivedService service) {
        boolean tcp = service.port() == null || service.port().protocol() == Protocol.TCP;
        ServiceDefinition definition = service.definition();
        return tcp ? of(definition.address(), definition.port()) : new Reach.NotTried();
    }

    static Reach of(String address, int port) {
        if (port == 0) {
            return new Reach.NotTried();
        }
        try {
            TcpProber.connect(new InetSocketAddress(address, port), DEADLINE_MILLIS);
            return new Reach.Answers();
        } catch (IOException | IllegalArgumentException silent) {
            return new Reach.Silent(Objects.requireNonNullElse(silent.getMessage(), silent.toString()));
        }
    }
}
