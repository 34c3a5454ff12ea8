package io.registrator.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VariablesTest {

    @Test
    void namesWhatIsSetForUsAndDoesNothing() {
        assertThat(Variables.ignored(
                        Map.of(
                                "CONSUL_GRPC_ADDR", "127.0.0.1:8502",
                                "CONSUL_HTTP_TOKN", "x",
                                "CONSUL_HTTP_TOKEN", "x",
                                "CONSUL_EMPTY", "",
                                "REGISTRATOR_RESYNC", "30",
                                "REGISTRATOR_RESINC", "30",
                                "DOCKER_CONTEXT", "remote",
                                "DOCKER_HOST", "tcp://127.0.0.1:2375",
                                "PATH", "/bin"),
                        Set.of("REGISTRATOR_RESYNC")))
                .containsExactly("CONSUL_GRPC_ADDR", "CONSUL_HTTP_TOKN", "DOCKER_CONTEXT", "REGISTRATOR_RESINC");
    }

    /** A container that is linked to one called consul gets these from the engine. */
    @Test
    void saysNothingOfTheVariablesOfLinks() {
        assertThat(Variables.ignored(
                        Map.of(
                                "CONSUL_NAME", "/registrator/consul",
                                "CONSUL_PORT", "tcp://172.17.0.2:8500",
                                "CONSUL_PORT_8500_TCP_ADDR", "172.17.0.2",
                                "CONSUL_ENV_GOSU_VERSION", "1.9",
                                "CONSUL_SERVICE_HOST", "10.0.0.1"),
                        Set.of()))
                .isEmpty();
    }
}
