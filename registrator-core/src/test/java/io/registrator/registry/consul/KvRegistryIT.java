package io.registrator.registry.consul;

import io.registrator.reconcile.ServiceRegistry;
import io.registrator.reconcile.ServiceRegistryContract;
import io.registrator.testing.ConsulAgentProcess;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The contract against a real key-value store. */
@EnabledIfEnvironmentVariable(named = ConsulAgentProcess.BINARY, matches = ".+")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class KvRegistryIT extends ServiceRegistryContract {
    private ConsulAgentProcess agent;
    private KvRegistry registry;

    @BeforeAll
    void startAgent() throws IOException, InterruptedException {
        agent = ConsulAgentProcess.running();
    }

    @AfterAll
    void stopAgent() throws IOException {
        agent.close();
    }

    @BeforeEach
    void open() throws IOException, InterruptedException {
        agent.delete("/v1/kv/?recurse");
        registry = KvRegistry.open(new KvSettings(agent.settings(), "services/web", KvFormat.PLAIN));
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Override
    protected ServiceRegistry registry() {
        return registry;
    }
}
