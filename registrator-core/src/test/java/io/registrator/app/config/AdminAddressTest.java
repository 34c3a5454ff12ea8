package io.registrator.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminAddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8086", "[::1]:8086", "localhost:0", "unix:///run/registrator.sock"})
    void takesAddressesAndSockets(String text) {
        assertThat(AdminAddress.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "8086", ":8086", "127.0.0.1", "::1:8086", "unix://relative", "http://127.0.0.1:8086", "a:b"})
    void saysWhatToWriteInstead(String text) {
        assertThatThrownBy(() -> AdminAddress.parse(text))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("-admin " + text + ": write HOST:PORT");
    }
}
