package io.registrator.derive;

import static io.registrator.derive.ContainerBuilder.published;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.HostAndPort;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Under which addresses a service is asked whether it listens. */
class ProbeTargetsTest {
    @Test
    void asksTheContainersOwnAddressFirst() {
        assertThat(targets("172.17.0.9", "")).first().isEqualTo(HostAndPort.fromParts("172.17.0.9", 8080));
    }

    @Test
    void asksUnderIpv6WhereThereIsNothingElse() {
        assertThat(targets("", "fd00::9")).first().isEqualTo(HostAndPort.fromParts("fd00::9", 8080));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "invalid IP",
                "0.0.0.0",
                "10.0.0.1:80",
                "registry.example.com",
                "::",
                "fe80::1%eth0",
                "999.1.1.1"
            })
    void asksNobodyUnderWhatIsNoAddress(String text) {
        assertThat(targets(text, text))
                .hasSize(1)
                .noneMatch(target -> target.getHost().equals(text));
    }

    private static List<HostAndPort> targets(String ipv4, String ipv6) {
        return Derivations.derive(published().noNetwork().network("bridge", ipv4, ipv6))
                .services()
                .getFirst()
                .lifecycle()
                .probes();
    }
}
