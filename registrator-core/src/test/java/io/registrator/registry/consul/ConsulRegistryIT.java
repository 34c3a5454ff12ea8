package io.registrator.registry.consul;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.model.Condition;
import io.registrator.model.Outcome;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.reconcile.ServiceRegistry;
import io.registrator.reconcile.ServiceRegistry.Done;
import io.registrator.reconcile.ServiceRegistryContract;
import io.registrator.testing.ConsulAgentProcess;
import io.registrator.testing.TestServices;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The contract against a real agent. */
@EnabledIfEnvironmentVariable(named = ConsulAgentProcess.BINARY, matches = ".+")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class ConsulRegistryIT extends ServiceRegistryContract {
    private ConsulAgentProcess agent;
    private ConsulRegistry registry;

    @BeforeAll
    void startAgent() throws IOException, InterruptedException {
        agent = ConsulAgentProcess.running();
    }

    @AfterAll
    void stopAgent() throws IOException {
        agent.close();
    }

    @BeforeEach
    void open() throws IOException {
        registry = ConsulRegistry.open(agent.settings());
    }

    @AfterEach
    void clear() {
        for (ServiceId id : list().keySet()) {
            var ignored = registry.deregister(id, seen -> true);
        }
        registry.close();
    }

    @Override
    protected ServiceRegistry registry() {
        return registry;
    }

    @Test
    void seesRightBeforeItWritesWhatSomebodyElseHasRegisteredSinceTheListing() throws IOException {
        assertThat(list()).isEmpty();
        ServiceDefinition ours = TestServices.web("taken").definition();
        ServiceDefinition theirs = TestServices.web("taken").name("theirs").definition();
        try (ConsulRegistry somebodyElse = ConsulRegistry.open(agent.settings())) {
            assertThat(somebodyElse.register(theirs)).isEqualTo(Outcome.success(Done.APPLIED));
        }

        assertThat(registry.register(ours, Condition.UNKNOWN, Optional::isEmpty))
                .isEqualTo(Outcome.success(Done.SKIPPED));

        assertThat(list().values()).containsExactly(theirs.asObserved());
    }

    @Test
    void seesRightBeforeItUpdatesThatSomebodyElseHasTakenTheId() throws IOException {
        ServiceDefinition ours = TestServices.web("taken").definition();
        ServiceDefinition theirs = TestServices.web("taken").name("theirs").definition();
        register(ours);
        assertThat(list().values()).containsExactly(ours.asObserved());
        try (ConsulRegistry somebodyElse = ConsulRegistry.open(agent.settings())) {
            assertThat(somebodyElse.register(theirs)).isEqualTo(Outcome.success(Done.APPLIED));
        }

        assertThat(registry.register(ours, Condition.UNKNOWN, seen -> seen.equals(Optional.of(ours.asObserved()))))
                .isEqualTo(Outcome.success(Done.SKIPPED));

        assertThat(list().values()).containsExactly(theirs.asObserved());
    }
}
