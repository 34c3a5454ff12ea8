package io.registrator.registry.consul;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentVersionTest {
    @ParameterizedTest
    @CsvSource({"1.8.7,1.8.7", "1.22.0-rc1+ent,1.22.0", "1.10,1.10.0", "v1.9.2,1.9.2", "1.8.7+dev,1.8.7", "2.0.0,2.0.0"
    })
    void readsVersions(String text, String version) {
        assertThat(AgentVersion.parse(text)).map(AgentVersion::toString).contains(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1", "1.8.7.6", "1.99999999999", "dev"})
    void readsNothingElse(String text) {
        assertThat(AgentVersion.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1.10.0,1.9.9", "1.8.7,1.8.0", "2.0.0,1.99.99", "1.8.7,1.8.7"})
    void ordersByNumber(String newer, String older) {
        assertThat(AgentVersion.parse(newer)
                        .orElseThrow()
                        .isAtLeast(AgentVersion.parse(older).orElseThrow()))
                .isTrue();
    }
}
