package io.registrator.net.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

final class JdkHostNetworkTest {
    private final HostNetwork network = HostNetwork.ofThisProcess();

    @Test
    void resolvesNames() {
        assertThat(network.resolve("localhost").addresses()).isNotEmpty().allMatch(InetAddress::isLoopbackAddress);
    }

    @Test
    void resolvesNothingForANameThatCannotBe() {
        var resolved = network.resolve("no such.invalid");

        assertThat(resolved.addresses()).isEmpty();
        assertThat(resolved.trouble()).isNotBlank().doesNotContain("no such.invalid");
    }

    @Test
    void listsItsOwnAddresses() {
        assertThat(network.ownAddresses()).anyMatch(InetAddress::isLoopbackAddress);
    }

    @Test
    void knowsItsNeighbours() {
        assertThat(network.isNeighbour(InetAddresses.forString("127.77.0.1"))).isTrue();
        assertThat(network.isNeighbour(InetAddresses.forString("198.51.100.99")))
                .isFalse();
        assertThat(network.isNeighbour(InetAddresses.forString("2001:db8::99"))).isFalse();
    }

    /** Nothing to compare with on a machine without a route; where there is one, its source is on an interface. */
    @Test
    void findsTheSourceOfTheDefaultRouteAmongItsOwn() {
        assertThat(network.defaultRouteSources()).allMatch(network.ownAddresses()::contains);
    }
}
