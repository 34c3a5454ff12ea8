package io.registrator.engine.docker;

import io.registrator.model.ContainerId;
import io.registrator.reconcile.ContainerSource;
import io.registrator.reconcile.ContainerSourceContract;
import io.registrator.testing.engine.ApiVersion;
import io.registrator.testing.engine.ContainerSpec;
import io.registrator.testing.engine.SimulatedEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** The simulated engine is held to what the real one is held to. */
final class SimulatedEngineTest {

    @Nested
    class OfApi141 extends Contract {
        OfApi141() {
            super(ApiVersion.V1_41);
        }
    }

    @Nested
    class OfApi144 extends Contract {
        OfApi144() {
            super(ApiVersion.V1_44);
        }
    }

    @Nested
    class OfApi152 extends Contract {
        OfApi152() {
            super(ApiVersion.V1_52);
        }
    }

    abstract static class Contract extends ContainerSourceContract {
        private final SimulatedEngine engine;
        private final DockerSource source;

        Contract(ApiVersion version) {
            engine = SimulatedEngine.start(version);
            source = new DockerSource(DockerSettings.of(engine.uri()));
        }

        @AfterEach
        void close() {
            source.close();
            engine.close();
        }

        @Override
        protected ContainerSource source() {
            return source;
        }

        @Override
        protected ContainerId run(String name) {
            return new ContainerId(engine.run(ContainerSpec.named(name)));
        }

        @Override
        protected void stop(ContainerId id) {
            engine.die(id.value(), 137);
        }

        @Override
        protected void pause(ContainerId id) {
            engine.pause(id.value());
        }

        @Override
        protected void rename(ContainerId id, String name) {
            engine.rename(id.value(), name);
        }

        @Override
        protected void remove(ContainerId id) {
            engine.remove(id.value());
        }

        @Override
        protected void cutStreams() {
            engine.events().cut();
        }
    }
}
