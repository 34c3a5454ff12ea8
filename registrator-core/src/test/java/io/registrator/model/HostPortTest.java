package io.registrator.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPortTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1:80",
        "::1, [::1]:80",
        "2001:db8::1, [2001:db8::1]:80",
        "web.example, web.example:80",
        "somebody:wrote, somebody:wrote:80",
        "'', :80"
    })
    void bracketsIpv6AddressesAndNothingElse(String host, String text) {
        assertThat(HostPort.text(host, 80)).isEqualTo(text);
    }

    @Test
    void showsABoundAddressAsItWasAskedFor() throws Exception {
        assertThat(HostPort.text(new InetSocketAddress(InetAddress.getByName("0.0.0.0"), 8086)))
                .isEqualTo("0.0.0.0:8086");
        assertThat(HostPort.text(new InetSocketAddress(InetAddress.getByName("::1"), 8086)))
                .isEqualTo("[::1]:8086");
    }
}
