package io.registrator.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsulAccessTest {

    @ParameterizedTest
    @CsvSource({"CONSUL_TLSCERT, CONSUL_TLSKEY", "CONSUL_CLIENT_CERT, CONSUL_CLIENT_KEY"})
    void takesThePredecessorsNamesAndConsulsOwnForACertificate(String cert, String key) {
        ConsulAccess access = ConsulAccess.from(Map.of(cert, "/etc/c.pem", key, "/etc/k.pem"));

        assertThat(access.clientCert()).isEqualTo(Path.of("/etc/c.pem"));
        assertThat(access.clientKey()).isEqualTo(Path.of("/etc/k.pem"));
    }

    @Test
    void consulsOwnNamesComeFirst() {
        ConsulAccess access = ConsulAccess.from(Map.of(
                "CONSUL_TLSCERT", "/old/c.pem",
                "CONSUL_TLSKEY", "/old/k.pem",
                "CONSUL_CLIENT_CERT", "/c.pem",
                "CONSUL_CLIENT_KEY", "/k.pem"));

        assertThat(access.clientCert()).isEqualTo(Path.of("/c.pem"));
        assertThat(access.clientKey()).isEqualTo(Path.of("/k.pem"));
    }

    @Test
    void namesTheVariableThatAKeyIsMissingIn() {
        assertThatThrownBy(() -> ConsulAccess.from(Map.of("CONSUL_TLSCERT", "/c.pem")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("CONSUL_TLSCERT and CONSUL_TLSKEY");
    }

    @Test
    void takesAFolderOfAuthoritiesUnlessAFileIsNamed() {
        assertThat(ConsulAccess.from(Map.of("CONSUL_CAPATH", "/certs")).caFile())
                .isEqualTo(Path.of("/certs"));
        assertThat(ConsulAccess.from(Map.of("CONSUL_CAPATH", "/certs", "CONSUL_CACERT", "/ca.pem"))
                        .caFile())
                .isEqualTo(Path.of("/ca.pem"));
    }

    @ParameterizedTest
    @CsvSource({"'', true", "1, true", "T, true", "0, false", "f, false", "FALSE, false"})
    void readsConsulsWordsForYesAndNo(String text, boolean verify) {
        assertThat(ConsulAccess.from(Map.of("CONSUL_HTTP_SSL_VERIFY", text)).verify())
                .isEqualTo(verify);
    }

    @Test
    void showsNeitherTokenNorPassword() {
        ConsulAccess access = ConsulAccess.from(
                Map.of("CONSUL_HTTP_AUTH", "me:s3cret", "CONSUL_HTTP_TOKEN", "s3cret", "CONSUL_CACERT", "/ca.pem"));

        assertThat(access.httpAuth()).isEqualTo("me:s3cret");
        assertThat(access).asString().doesNotContain("s3cret").contains("httpAuth=set", "token=set");
    }
}
