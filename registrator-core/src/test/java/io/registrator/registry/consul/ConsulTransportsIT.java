package io.registrator.registry.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import com.google.common.net.HostAndPort;
import io.registrator.model.Failure;
import io.registrator.model.Outcome;
import io.registrator.net.http.HttpEndpoint;
import io.registrator.net.http.TlsSettings;
import io.registrator.testing.ConsulAgentProcess;
import io.registrator.testing.GuardedConsul;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** An agent that listens with TLS, asking for client certificates, and on a unix socket. */
@EnabledIfEnvironmentVariable(named = ConsulAgentProcess.BINARY, matches = ".+")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class ConsulTransportsIT {
    private static final Outcome<?> EMPTY = Outcome.success(ImmutableMap.of());

    private GuardedConsul consul;

    @BeforeAll
    void startAgent() throws IOException, InterruptedException {
        consul = GuardedConsul.running();
    }

    @AfterAll
    void stopAgent() throws IOException {
        consul.close();
    }

    @Test
    void speaksOverAUnixSocket() throws IOException {
        assertThat(list(new HttpEndpoint.Unix(consul.socket()), TlsSettings.DEFAULT))
                .isEqualTo(EMPTY);
    }

    @Test
    void speaksTlsWithAClientCertificate() throws IOException {
        assertThat(list(tls(), client(null, true))).isEqualTo(EMPTY);
    }

    @Test
    void trustsTheAuthoritiesOfAFolder(@TempDir Path folder) throws IOException {
        Files.copy(consul.ca(), folder.resolve("ca.pem"));

        assertThat(list(tls(), new TlsSettings(folder, consul.clientCertificate(), consul.clientKey(), null, true)))
                .isEqualTo(EMPTY);
        assertThatThrownBy(() -> list(
                        tls(), new TlsSettings(Files.createDirectory(folder.resolve("empty")), null, null, null, true)))
                .hasMessageContaining("holds no files");
    }

    @Test
    void findsTheServerNameInTheCertificate() throws IOException {
        assertThat(list(tls(), client("server.dc1.consul", true))).isEqualTo(EMPTY);
        assertFails(client("other.example", true), "other.example");
    }

    @Test
    void needsAClientCertificateWhereTheAgentAsksForOne() throws IOException {
        assertFails(new TlsSettings(consul.ca(), null, null, null, true), "it may ask for a client certificate");
    }

    @Test
    void distrustsAnUnknownAuthority() throws IOException {
        assertFails(new TlsSettings(null, consul.clientCertificate(), consul.clientKey(), null, true), "TLS: ");
    }

    @Test
    void trustsAnybodyWhenTold() throws IOException {
        assertThat(list(tls(), client("other.example", false))).isEqualTo(EMPTY);
    }

    private void assertFails(TlsSettings tls, String words) throws IOException {
        assertThat(list(tls(), tls))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.failure())
                                .isInstanceOfSatisfying(
                                        Failure.Transient.class,
                                        trouble -> assertThat(trouble.message())
                                                .startsWith("GET /v1/agent/services at https://127.0.0.1:")
                                                .contains(words)));
    }

    private Outcome<?> list(HttpEndpoint endpoint, TlsSettings tls) throws IOException {
        try (ConsulRegistry registry = ConsulRegistry.open(
                new ConsulSettings(endpoint, tls, () -> "", Tenancy.NONE, Duration.ofSeconds(15), 1))) {
            return registry.list();
        }
    }

    private HttpEndpoint tls() {
        return new HttpEndpoint.Tcp(HostAndPort.fromParts("127.0.0.1", consul.httpsPort()), true);
    }

    private TlsSettings client(@Nullable String serverName, boolean verify) {
        return new TlsSettings(consul.ca(), consul.clientCertificate(), consul.clientKey(), serverName, verify);
    }
}
