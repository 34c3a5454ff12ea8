package io.registrator.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.github.dockerjava.api.model.Network;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BridgeGatewaysTest {

    @Test
    void takesTheGateway() {
        assertThat(gateways("{\"Subnet\": \"172.17.0.0/16\", \"Gateway\": \"172.17.5.1\"}"))
                .containsExactly(ip("172.17.5.1"));
    }

    /** As Docker 20.10 shows its default bridge where nothing was set. */
    @Test
    void takesTheSubnetsFirstAddressWithoutAGateway() {
        assertThat(gateways("{\"Subnet\": \"172.17.0.0/16\"}")).containsExactly(ip("172.17.0.1"));
    }

    @Test
    void takesIpv6AsWell() {
        assertThat(gateways("{\"Subnet\": \"172.17.0.0/16\"}, {\"Subnet\": \"fd00::/64\", \"Gateway\": \"fd00::1\"}"))
                .containsExactly(ip("172.17.0.1"), ip("fd00::1"));
    }

    @Test
    void findsNoneWhereNothingIsSaid() {
        assertThat(gateways("{}")).isEmpty();
        assertThat(BridgeGateways.of(network("{}"))).isEmpty();
    }

    private static Set<InetAddress> gateways(String configs) {
        var json = "{\"IPAM\": {\"Config\": [%s]}}".formatted(configs);
        return BridgeGateways.of(network(json));
    }

    private static Network network(String json) {
        return Recorded.read(json, new TypeReference<>() {});
    }

    private static InetAddress ip(String text) {
        return InetAddresses.forString(text);
    }
}
