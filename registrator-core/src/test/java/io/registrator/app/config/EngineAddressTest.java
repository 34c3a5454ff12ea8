package io.registrator.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineAddressTest {

    @Test
    void takesTheSocketThatIsMountedWhereThePredecessorHadIt() {
        assertThat(EngineAddress.from(Map.of(), path -> true).uri()).hasToString("unix:///tmp/docker.sock");
    }

    @Test
    void takesTheHostsSocketOtherwise() {
        assertThat(EngineAddress.from(Map.of(), path -> false).uri()).hasToString("unix:///var/run/docker.sock");
    }

    @Test
    void prefersTheVariable() {
        EngineAddress address = EngineAddress.from(Map.of("DOCKER_HOST", "tcp://10.0.0.1"), path -> true);

        assertThat(address.uri()).hasToString("tcp://10.0.0.1:2375");
        assertThat(address.certPath()).isNull();
    }

    @Test
    void findsTheFilesForTls() {
        Map<String, String> environment =
                Map.of("DOCKER_HOST", "tcp://10.0.0.1", "DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", "/etc/certs");

        EngineAddress address = EngineAddress.from(environment, path -> true);

        assertThat(address.uri()).hasToString("tcp://10.0.0.1:2376");
        assertThat(address.certPath()).isEqualTo(Path.of("/etc/certs"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssh://host", "unix://run/docker.sock", "npipe:////./pipe/docker", "tcp://", "tcp://a:b"})
    void saysWhatToWriteInstead(String host) {
        assertThatThrownBy(() -> EngineAddress.from(Map.of("DOCKER_HOST", host), path -> true))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("write ");
    }
}
