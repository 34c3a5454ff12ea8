package io.registrator.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

final class JdkHostNetworkTest {
    private final HostNetwork network = HostNetwork.ofThisProcess();

    @Test
    void resolvesNames() {
        assertThat(network.resolve("localhost")).isNotEmpty().allMatch(InetAddress::isLoopbackAddress);
    }

    @Test
    void resolvesNothingForANameThatCannotBe() {
        assertThat(network.resolve("no such.invalid")).isEmpty();
    }

    @Test
    void listsItsOwnAddresses() {
        assertThat(network.ownAddresses()).anyMatch(InetAddress::isLoopbackAddress);
    }

    /** Nothing to compare with on a machine without a route; where there is one, its source is on an interface. */
    @Test
    void findsTheSourceOfTheDefaultRouteAmongItsOwn() {
        assertThat(network.defaultRouteSource().stream()).allMatch(network.ownAddresses()::contains);
    }
}
