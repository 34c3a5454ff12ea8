package io.registrator.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DockerSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "unix:///var/run/docker.sock, true",
        "tcp://127.0.0.1:2375, true",
        "tcp://[::1]:2375, true",
        "tcp://localhost:2375, true",
        "tcp://engine.example:2376, false",
        "tcp://10.0.0.5:2376, false"
    })
    void tellsWhetherTheEngineIsHere(URI host, boolean local) {
        assertThat(DockerSettings.of(host).isLocal()).isEqualTo(local);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unix:docker.sock",
                "unix://docker.sock",
                "unix:///",
                "tcp://host",
                "tcp://:2375",
                "http://host:2375",
                "/var/run"
            })
    void refusesHostsOfOtherKinds(URI host) {
        assertThatThrownBy(() -> DockerSettings.of(host))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(host.toString());
    }

    @Test
    void refusesWhatIsNoVersionOfTheApi() {
        var settings = DockerSettings.of(DockerSettings.DEFAULT_HOST);

        assertThatThrownBy(() -> settings.withApiVersion("v1.41")).hasMessageContaining("v1.41");
    }

    @Test
    void refusesDeadlinesThatHavePassed() {
        var settings = DockerSettings.of(DockerSettings.DEFAULT_HOST);

        assertThatThrownBy(() -> settings.withDeadlines(Duration.ZERO, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
