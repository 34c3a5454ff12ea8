package io.registrator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.testing.Await;
import io.registrator.testing.engine.Answer;
import io.registrator.testing.engine.Answer.Ending;
import io.registrator.testing.engine.ApiVersion;
import io.registrator.testing.engine.ContainerSpec;
import io.registrator.testing.engine.SimulatedEngine;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An engine that answers something else than it was asked, or nothing. */
class BrokenAnswersIT {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration PAST_THE_DEADLINE = Duration.ofSeconds(20);
    private static final int HANG_UP = 1;

    private static final List<Answer> NO_WORD_OF_ITS_END = List.of(
            Answer.error(409, "conflict"),
            Answer.error(500, "out of order"),
            Answer.json(404, "<html>404 Not Found</html>"),
            Answer.htmlErrorPage(),
            Answer.json(200, "{\"Id\":\"half"),
            Answer.json(200, "\u0000\u0001\u0002"),
            Answer.json(200, "[]"),
            Answer.cutShort("{\"Id\":"),
            Answer.hangUp(),
            Answer.stream("{\"Id\":", Ending.HANG));

    @Test
    void loseNoServiceAndDelayNoOther() throws Exception {
        try (Simulation simulation = Simulation.start(ApiVersion.V1_44)) {
            SimulatedEngine engine = simulation.engine();
            String sick = engine.run(ContainerSpec.named("sick").publish(80, 20_000));
            simulation.awaitEqual(SOON);
            for (int i = 0; i < NO_WORD_OF_ITS_END.size(); i++) {
                engine.faults().answer("/containers/" + sick + "/json", NO_WORD_OF_ITS_END.get(i));
                engine.signal(sick, HANG_UP);
                engine.run(ContainerSpec.named("well" + i).publish(80, 20_001 + i));
                simulation.awaitEqual(SOON);
                engine.faults().heal();
            }
            assertThat(simulation.daemon().log()).doesNotContain("deregistered").doesNotContain("ERROR");

            engine.die(sick, 0);
            simulation.awaitEqual(PAST_THE_DEADLINE);
        }
    }

    @Test
    void areNotReadyBeforeAllWasAsked() throws Exception {
        try (SimulatedEngine engine = SimulatedEngine.start(ApiVersion.V1_52)) {
            engine.run(ContainerSpec.named("well").publish(80, 20_000));
            String hanging = engine.run(ContainerSpec.named("hanging").publish(80, 20_001));
            engine.faults().answer("/containers/" + hanging + "/json", Answer.silence());
            try (RegistratorProcess daemon = RegistratorProcess.launch(
                            engine.uri(),
                            "-ip",
                            "192.0.2.1",
                            "-register-on",
                            "start",
                            "-admin",
                            "127.0.0.1:0",
                            "memory:");
                    AdminClient admin = AdminClient.of(daemon)) {
                daemon.awaitLog(" registered   ");
                admin.awaitReady(503, "the first full pass is not over yet", SOON);

                engine.faults().heal();
                admin.awaitReady(200, "ready", PAST_THE_DEADLINE);
                Await.until(
                        "the other is registered",
                        SOON,
                        () -> admin.body("api/v1/state").contains(":hanging:80"));
            }
        }
    }
}
