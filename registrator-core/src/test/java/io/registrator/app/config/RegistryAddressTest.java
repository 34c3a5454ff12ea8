package io.registrator.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryAddressTest {

    @ParameterizedTest
    @CsvSource({
        "consul://10.0.0.1:8500, consul://10.0.0.1:8500",
        "consul://consul.example, consul://consul.example:8500",
        "consul://10.0.0.1:8500/, consul://10.0.0.1:8500",
        "consul://[2001:db8::1]:8500, consul://[2001:db8::1]:8500",
        "consul:, consul://127.0.0.1:8500",
        "consul://, consul://127.0.0.1:8500",
        "consul://:8600, consul://127.0.0.1:8600",
        "consul-tls://:8601, consul-tls://127.0.0.1:8601",
        "consulkv://:8600/services, consulkv://127.0.0.1:8600/services",
        "CONSUL://10.0.0.1:1, consul://10.0.0.1:1",
        "consul-tls://10.0.0.1, consul-tls://10.0.0.1:8501",
        "consul-unix:///run/consul.sock, consul-unix:///run/consul.sock",
        "consulkv://10.0.0.1:8500/services, consulkv://10.0.0.1:8500/services",
        "consulkv://10.0.0.1/a/b/, consulkv://10.0.0.1:8500/a/b",
        "consulkv://10.0.0.1/up?format=upsync, consulkv://10.0.0.1:8500/up?format=upsync",
        "consulkv:///services, consulkv://127.0.0.1:8500/services",
        "consulkv-tls://10.0.0.1/services, consulkv-tls://10.0.0.1:8501/services",
        "consulkv-unix:///run/consul.sock:/a/b, consulkv-unix:///run/consul.sock:/a/b",
        "memory:, memory:"
    })
    void readsEveryForm(String uri, String meaning) {
        assertThat(RegistryAddress.parse(uri, null)).hasToString(meaning);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1:8500, consul://10.0.0.1:8500",
        "http://10.0.0.1:8500, consul://10.0.0.1:8500",
        "https://10.0.0.1, consul-tls://10.0.0.1:8501",
        "unix:///run/consul.sock, consul-unix:///run/consul.sock"
    })
    void takesConsulsOwnVariableWhereTheHostIsLeftOut(String variable, String meaning) {
        assertThat(RegistryAddress.parse("consul:", variable)).hasToString(meaning);
    }

    @ParameterizedTest
    @CsvSource({
        "consul://10.0.0.1:8500, true, consul-tls://10.0.0.1:8500",
        "consul:, T, consul-tls://127.0.0.1:8500",
        "consulkv://10.0.0.1/services, 1, consulkv-tls://10.0.0.1:8500/services",
        "consul-unix:///run/consul.sock, true, consul-unix:///run/consul.sock",
        "consul://10.0.0.1, false, consul://10.0.0.1:8500",
        "consul-tls://10.0.0.1, 0, consul-tls://10.0.0.1:8501",
        "consul://10.0.0.1, '', consul://10.0.0.1:8500",
        "memory:, true, memory:",
    })
    void speaksTlsWhereConsulsVariableSaysSo(String uri, String ssl, String meaning) {
        assertThat(RegistryAddress.from(Map.of("CONSUL_HTTP_SSL", ssl), uri)).hasToString(meaning);
    }

    @Test
    void takesConsulsVariableWhereNoUriIsGiven() {
        assertThat(RegistryAddress.from(Map.of("CONSUL_HTTP_ADDR", "10.0.0.1:8600"), null))
                .hasToString("consul://10.0.0.1:8600");
        assertThat(RegistryAddress.from(Map.of(), null)).hasToString("consul://127.0.0.1:8500");
    }

    @Test
    void namesTheVariableThatMakesNoSense() {
        assertThatThrownBy(() -> RegistryAddress.from(Map.of("CONSUL_HTTP_ADDR", "http://a/b"), null))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("CONSUL_HTTP_ADDR=http://a/b");
        assertThatThrownBy(() -> RegistryAddress.from(Map.of("CONSUL_HTTP_SSL", "maybe"), null))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("CONSUL_HTTP_SSL='maybe'");
    }

    @Test
    void prefersTheHostOfTheUri() {
        assertThat(RegistryAddress.parse("consul://10.0.0.2:8500", "10.0.0.1:8500"))
                .hasToString("consul://10.0.0.2:8500");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "consul",
                "127.0.0.1:8500",
                "etcd://127.0.0.1:2379",
                "consul://::8500",
                "consul://a:b",
                "consul://10.0.0.1:0",
                "consul://10.0.0.1:99999",
                "consul://a/b",
                "consul-unix://run/consul.sock",
                "consulkv://10.0.0.1:8500",
                "consulkv://10.0.0.1:8500/",
                "consulkv://10.0.0.1:8500/a//b",
                "consulkv://10.0.0.1:8500/a?format=nginx",
                "consulkv://10.0.0.1:8500/a?prefix=b",
                "consulkv://10.0.0.1:8500/registrator/records/x",
                "consulkv-unix:///run/consul.sock"
            })
    void saysWhatToWriteInstead(String uri) {
        assertThatThrownBy(() -> RegistryAddress.parse(uri, null))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("write ");
    }
}
