package io.registrator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.testing.GuardedConsul;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The ways to an agent that are not plain TCP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class DaemonTransportsIT {
    private static final String NODE = "transports";
    private static final Duration SOON = Duration.ofSeconds(10);

    private GuardedConsul consul;

    @BeforeAll
    void startConsul() throws IOException, InterruptedException {
        consul = GuardedConsul.running();
    }

    @AfterAll
    void stopConsul() throws IOException {
        consul.close();
    }

    @Test
    void doesItsJobOverTlsWithAClientCertificate() throws Exception {
        doesItsJob(
                Map.of(
                        "CONSUL_CACERT",
                        consul.ca().toString(),
                        "CONSUL_CLIENT_CERT",
                        consul.clientCertificate().toString(),
                        "CONSUL_CLIENT_KEY",
                        consul.clientKey().toString()),
                "consul-tls://127.0.0.1:" + consul.httpsPort());
    }

    @Test
    void doesItsJobOverTlsWithThePredecessorsVariablesAndConsulsOwn() throws Exception {
        doesItsJob(
                Map.of(
                        "CONSUL_HTTP_SSL",
                        "true",
                        "CONSUL_HTTP_ADDR",
                        "127.0.0.1:" + consul.httpsPort(),
                        "CONSUL_CACERT",
                        consul.ca().toString(),
                        "CONSUL_TLSCERT",
                        consul.clientCertificate().toString(),
                        "CONSUL_TLSKEY",
                        consul.clientKey().toString()),
                "consul://");
    }

    @Test
    void doesItsJobOverAUnixSocket() throws Exception {
        doesItsJob(Map.of(), "consul-unix://" + consul.socket());
    }

    @Test
    void saysWhatIsWrongWithoutAClientCertificate() throws Exception {
        try (TestContainers containers = TestContainers.ofWeb();
                RegistratorProcess daemon = RegistratorProcess.launch(
                        containers.docker().host(),
                        Map.of("CONSUL_CACERT", consul.ca().toString()),
                        "-ip",
                        containers.gateway(),
                        "-retry-attempts",
                        "1",
                        "consul-tls://127.0.0.1:" + consul.httpsPort())) {
            assertThat(daemon.exitCode()).isEqualTo(1);
            assertThat(daemon.log()).contains("gave up on the registry").containsIgnoringCase("certificate");
        }
    }

    private void doesItsJob(Map<String, String> environment, String registry) throws Exception {
        Agent agent = Agent.of(consul.agent());
        try (TestContainers containers = TestContainers.ofWeb();
                RegistratorProcess daemon = RegistratorProcess.launch(
                        containers.docker().host(),
                        environment,
                        "-node-id",
                        NODE,
                        "-filter",
                        containers.filter(),
                        "-ip",
                        containers.gateway(),
                        registry)) {
            daemon.awaitReady();
            String web = containers.run("web", "-p", "8080");
            agent.awaitIds(NODE, containers.prefix(), List.of(NODE + ":" + web + ":8080"), SOON);
            containers.docker().docker("stop", web);
            agent.awaitIds(NODE, containers.prefix(), List.of(), SOON);

            assertThat(daemon.log()).doesNotContain("WARN").doesNotContain("ERROR");
        }
    }
}
