package io.registrator.testing;

import java.io.IOException;
import java.nio.file.Path;

/**
 * An agent that listens with TLS, asking for client certificates, and on a unix socket.
 *
 * @param agent which also listens without TLS
 */
public record GuardedConsul(ConsulAgentProcess agent, int httpsPort) implements AutoCloseable {

    public static GuardedConsul running() throws IOException, InterruptedException {
        int httpsPort = ConsulAgentProcess.freePorts(1).getFirst();
        ConsulAgentProcess agent = ConsulAgentProcess.prepare("""
                ports { https = %d }
                addresses { http = "127.0.0.1 unix://$DIR/consul.sock" }
                verify_incoming_https = true
                ca_file = "$DIR/consul-agent-ca.pem"
                cert_file = "$DIR/dc1-server-consul-0.pem"
                key_file = "$DIR/dc1-server-consul-0-key.pem"
                """.formatted(httpsPort));
        agent.consul("tls", "ca", "create");
        agent.consul("tls", "cert", "create", "-server");
        agent.consul("tls", "cert", "create", "-client");
        agent.start();
        return new GuardedConsul(agent, httpsPort);
    }

    public Path socket() {
        return file("consul.sock");
    }

    /** The authority that signed all of its certificates. */
    public Path ca() {
        return file("consul-agent-ca.pem");
    }

    public Path clientCertificate() {
        return file("dc1-client-consul-0.pem");
    }

    public Path clientKey() {
        return file("dc1-client-consul-0-key.pem");
    }

    @Override
    public void close() throws IOException {
        agent.close();
    }

    private Path file(String name) {
        return agent.folder().resolve(name);
    }
}
