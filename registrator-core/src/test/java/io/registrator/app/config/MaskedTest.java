package io.registrator.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedTest {

    @ParameterizedTest
    @CsvSource({
        "consul://me:s3cret@host:8500, consul://***@host:8500",
        "tcp://me:s3/cr@et@host, tcp://***@host",
        "consul://host?token=s3cret&x=1, consul://host?token=***&x=1",
        "Unknown option: '--token=s3cret', Unknown option: '--token=***'",
        "consul://host:8500, consul://host:8500",
    })
    void hidesPasswordsAndTokens(String text, String shown) {
        assertThat(Masked.in(text)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "consul://me:s3cret@host:8500",
                "consul://s3cret@host:8500",
                "consul-tls://s3cret@host",
                "consul://:s3cret@host:8500",
                "consul://host:99999?token=s3cret",
                "consul-unix://me:s3cret@host",
                "consulkv://me:s3cret@host/prefix",
                "consulkv://host/prefix?token=s3cret",
                "consulkv://me:s3cret@host",
                "consulkv://me:s3cret@host//x//",
                "etcd://me:s3cret@host",
            })
    void noRegistryIsRefusedWithItsSecret(String uri) {
        assertThatThrownBy(() -> RegistryAddress.parse(uri, null))
                .isInstanceOf(ConfigException.class)
                .message()
                .doesNotContain("s3cret");
        assertThatThrownBy(() -> RegistryAddress.parse("consul:", uri))
                .isInstanceOf(ConfigException.class)
                .message()
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://me:s3cret@host:2375",
                "tcp://s3cret@host",
                "https://me:s3cret@host",
                "ssh://me:s3cret@host",
                "unix://me:s3cret@host"
            })
    void noEngineIsRefusedWithItsSecret(String host) {
        assertThatThrownBy(() -> EngineAddress.from(Map.of("DOCKER_HOST", host), path -> true))
                .isInstanceOf(ConfigException.class)
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void leavesSocketsAsTheyAre() {
        assertThat(RegistryAddress.parse("consul-unix:///run/a@b.sock", null))
                .hasToString("consul-unix:///run/a@b.sock");
    }
}
