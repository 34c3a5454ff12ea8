package io.registrator.it.soak;

import io.registrator.testing.Await;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A stage with everybody who looks at it. */
final class Scene {
    private static final Duration TO_BE_WATCHED = Duration.ofSeconds(30);

    private final Stage stage;
    private final Checker checker;
    private final Canary canary;
    private final Watched ofAgent;
    private final Watched ofCatalog;
    private final AgentWatch agentWatch;
    private final CatalogWatch catalogWatch;

    Scene(Stage stage, Timeline timeline, Cleanup cleanup) {
        this.stage = stage;
        checker = new Checker(stage.engineView(), stage.agentView(), timeline);
        canary = new Canary(stage.witness(), timeline);
        ofAgent = stage.agentWatched(timeline);
        ofCatalog = stage.catalogWatched(timeline);
        agentWatch = cleanup.add(new AgentWatch(stage.agent(), ofAgent));
        catalogWatch = cleanup.add(new CatalogWatch(
                stage.witness(), canary, ofCatalog, stage.healthWatched(timeline), stage.elsewhereWatched(timeline)));
    }

    Stage stage() {
        return stage;
    }

    /** From now on nothing that is not touched may change. */
    void watch() throws IOException, InterruptedException {
        agentWatch.begin();
        Await.until("the catalog is watched", TO_BE_WATCHED, catalogWatch::isWatching);
    }

    /** Until Consul equals the engine; how long that took. */
    Duration converge(String after, Duration patience) throws InterruptedException {
        return checker.converge(after, patience);
    }

    void beforeFault(FaultKind kind) {
        if (kind.has(Effect.AGENT_FORGETS)) {
            agentWatch.suspend();
            catalogWatch.suspend();
        }
    }

    /** When it has begun. */
    void duringFault(FaultKind kind) throws IOException, InterruptedException {
        if (kind.has(Effect.AGENT_RESTARTS)) {
            canary.plant();
        }
    }

    /** When all is equal again. */
    void afterFault(FaultKind kind) throws IOException, InterruptedException {
        if (kind.has(Effect.AGENT_FORGETS)) {
            agentWatch.begin();
        }
    }

    /** The catalog too has to become what the engine says, and to be watched in the end. */
    void finish() throws InterruptedException {
        checker.catalogFollows(stage.witness(), canary, Canary.PATIENCE);
        Await.until("the catalog is watched", TO_BE_WATCHED, catalogWatch::isWatching);
        if (ofAgent.looks() == 0 || ofCatalog.looks() == 0) {
            throw new AssertionError("the watches have seen nothing: " + summary(this));
        }
    }

    /** How much was looked at. */
    static String summary(@Nullable Scene scene) {
        return scene == null
                ? "nothing was looked at"
                : "%d looks at the agent, %d at the catalog, which took %d s at most to follow an agent's restart"
                        .formatted(
                                scene.ofAgent.looks(),
                                scene.ofCatalog.looks(),
                                scene.canary.worst().toSeconds());
    }
}
