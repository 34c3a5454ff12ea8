package io.registrator.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.registrator.model.Failure;
import io.registrator.model.Outcome;
import io.registrator.testing.Command;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a TLS server that asks for a client's certificate. Each certificate is its own authority. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PemTlsTest {
    private static final String PASSWORD = "password";

    private final Path folder;
    private HttpsServer server;

    PemTlsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeAll
    void startServer() throws Exception {
        identity("rsa", "RSA");
        identity("ec", "EC");
        identity("server", "EC");
        trust("rsa", "server");
        trust("ec", "server");
        trust("server", "rsa", "ec");
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(askingForACertificate());
        server.createContext("/containers/json", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("[]".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    void stopServer() {
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ec"})
    void talksToAnEngineThatAsksForACertificate(String client) {
        assertThat(list(folder.resolve(client))).isEqualTo(Outcome.success(ImmutableList.of()));
    }

    @Test
    void isTurnedAwayWithoutACertificate() throws IOException {
        var trusting = Files.createDirectory(folder.resolve("trusting"));
        Files.copy(folder.resolve("rsa/ca.pem"), trusting.resolve("ca.pem"));

        assertThat(list(trusting)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void turnsAwayAnEngineThatItDoesNotTrust() throws IOException {
        var wary = Files.createDirectory(folder.resolve("wary"));
        Files.copy(folder.resolve("rsa/cert.pem"), wary.resolve("ca.pem"));

        assertThat(list(wary))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.failure()).isInstanceOf(Failure.Transient.class));
    }

    @Test
    void saysWhichFolderCannotBeUsed() {
        assertThatThrownBy(() -> list(folder.resolve("missing")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("missing/ca.pem");
    }

    @Test
    void wantsTheKeyOfACertificate() throws IOException {
        var keyless = Files.createDirectory(folder.resolve("keyless"));
        Files.copy(folder.resolve("rsa/ca.pem"), keyless.resolve("ca.pem"));
        Files.copy(folder.resolve("rsa/cert.pem"), keyless.resolve("cert.pem"));

        assertThatThrownBy(() -> list(keyless)).hasMessageContaining("keyless/key.pem");
    }

    private Outcome<?> list(Path certPath) {
        var host = URI.create("tcp://127.0.0.1:" + server.getAddress().getPort());
        try (var source = new DockerSource(DockerSettings.of(host).withCertPath(certPath))) {
            return source.list();
        }
    }

    private HttpsConfigurator askingForACertificate() {
        return new HttpsConfigurator(PemTls.from(folder.resolve("server")).getSSLContext()) {
            @Override
            public void configure(HttpsParameters parameters) {
                var tls = getSSLContext().getDefaultSSLParameters();
                tls.setNeedClientAuth(true);
                parameters.setSSLParameters(tls);
            }
        };
    }

    /** Makes a certificate for 127.0.0.1 and its key, with the JDK's keytool. */
    private void identity(String name, String algorithm) throws IOException, GeneralSecurityException {
        var store = folder.resolve(name + ".p12");
        keytool(store, algorithm);
        Files.createDirectory(folder.resolve(name));
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        write(name + "/cert.pem", "CERTIFICATE", keys.getCertificate("own").getEncoded());
        write(
                name + "/key.pem",
                "PRIVATE KEY",
                keys.getKey("own", PASSWORD.toCharArray()).getEncoded());
    }

    private void trust(String name, String... others) throws IOException {
        for (var other : others) {
            var certificate = Files.readString(folder.resolve(other + "/cert.pem"));
            Files.writeString(
                    folder.resolve(name + "/ca.pem"),
                    certificate,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    private void write(String file, String kind, byte[] der) throws IOException {
        var text = Base64.getMimeEncoder().encodeToString(der);
        Files.writeString(
                folder.resolve(file), "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, text));
    }

    private static void keytool(Path store, String algorithm) throws IOException {
        var command = ImmutableList.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "own",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=test",
                "-ext",
                "san=ip:127.0.0.1",
                "-startdate",
                "-1d",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        Command.of(command).output();
    }
}
