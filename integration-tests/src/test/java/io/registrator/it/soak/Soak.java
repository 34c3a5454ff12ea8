package io.registrator.it.soak;

import com.google.common.base.Stopwatch;
import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import io.registrator.it.ProcessUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

/** One seed's run, in phases of which each has its time: what hangs ends as a failure. */
final class Soak {
    private static final Duration TO_BEGIN = Duration.ofMinutes(2);
    /** The first comparison has the daemon's start in it. */
    private static final Duration TO_START = Duration.ofSeconds(15);
    /** The last turn may begin at the last moment. */
    private static final Duration TO_FINISH = Duration.ofSeconds(80);

    private static final Duration MARGIN = Duration.ofSeconds(10);
    private static final int TAIL = 60;

    private final long seed;
    private final SoakSettings settings;
    private final Duration length;
    private final ImmutableList<FaultKind> kinds;
    private final Timeline timeline = new Timeline();
    private final Cleanup cleanup = new Cleanup(timeline);
    private final Tally tally = new Tally();
    private final Footprints footprints = new Footprints();
    private final Random random;
    private List<String> logs = List.of();
    private String log = "";

    Soak(long seed, SoakSettings settings) {
        this.seed = seed;
        this.settings = settings;
        this.length = settings.length();
        this.kinds = settings.kinds();
        this.random = new Random(seed);
    }

    /** The longest that {@link #run} takes. */
    static Duration longest(SoakSettings settings) {
        return settings.length()
                .plus(TO_BEGIN)
                .plus(TO_FINISH)
                .plus(Canary.PATIENCE)
                .plus(Duration.ofMinutes(2));
    }

    private interface Step {
        void take() throws Exception;
    }

    SeedResult run() {
        AtomicReference<Scene> scene = new AtomicReference<>();
        try {
            phase("beginning", TO_BEGIN, () -> scene.set(begin()));
            phase("turns", length.plus(TO_FINISH), () -> turns(scene.get()));
            phase(
                    "the catalog's catching up",
                    Canary.PATIENCE.plus(MARGIN),
                    () -> scene.get().finish());
            footprints.tellLeaks(timeline);
        } finally {
            if (scene.get() != null) {
                logs = scene.get().stage().daemon().logs();
                log = scene.get().stage().daemon().log();
            }
            cleanup.close();
        }
        return new SeedResult(seed, timeline, tally, footprints.toString(), Scene.summary(scene.get()), tail());
    }

    /** Unless there has been trouble that leaves nothing to see. */
    private void phase(String name, Duration longest, Step step) {
        if (timeline.isOver()) {
            return;
        }
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                step.take();
            } catch (Exception | AssertionError e) {
                timeline.trouble(Trouble.FAILURE, name + ": " + Throwables.getStackTraceAsString(e));
            }
        });
        try {
            if (!thread.join(longest)) {
                timeline.trouble(Trouble.FAILURE, name + " hangs: " + List.of(thread.getStackTrace()));
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private Scene begin() throws IOException, InterruptedException {
        Stage stage = new Stage(seed, cleanup);
        stage.containers().begin();
        stage.daemon().start();
        Scene scene = new Scene(stage, timeline, cleanup);
        scene.converge("the start", settings.allowed(TO_START));
        scene.watch();
        footprints.add(ProcessUse.of(stage.daemon().pid()));
        return scene;
    }

    private void turns(Scene scene) throws Exception {
        Stopwatch time = Stopwatch.createStarted();
        while (time.elapsed().compareTo(length) < 0 && !timeline.isOver()) {
            Turn turn = Turn.draw(random, kinds);
            // What leaks shows in a long life, so that the last third belongs to one process.
            boolean mayEnd = time.elapsed().compareTo(length.multipliedBy(2).dividedBy(3)) < 0;
            if (mayEnd || !turn.kind().has(Effect.DAEMON_ENDS)) {
                take(turn, scene);
            }
        }
    }

    private void take(Turn turn, Scene scene) throws Exception {
        Fault fault = turn.kind().on(scene.stage(), turn.chance());
        timeline.note(turn.kind().title() + " for " + turn.length().toMillis() + " ms");
        scene.beforeFault(turn.kind());
        fault.begin();
        try {
            scene.duringFault(turn.kind());
            if (!turn.kind().has(Effect.ENGINE_AWAY)) {
                move(turn.during(), scene);
            }
            Thread.sleep(turn.length());
        } finally {
            fault.end();
        }
        move(turn.after(), scene);
        tally.healed(
                turn.kind(),
                scene.converge(turn.kind().title(), settings.allowed(turn.kind().patience())));
        scene.afterFault(turn.kind());
        footprints.add(ProcessUse.of(scene.stage().daemon().pid()));
    }

    private void move(List<Turn.Move> moves, Scene scene) {
        for (Turn.Move move : moves) {
            SoakContainer container = move.of(scene.stage().containers());
            String done = move.operation().on(container, move.chance());
            timeline.note(done + " " + container.name());
            tally.done(done);
        }
    }

    /** All that the daemons said goes into a file, and its end into the report. */
    private String tail() {
        Path file = Path.of("target", "soak-" + seed + ".log");
        try {
            Files.write(file, logs);
        } catch (IOException e) {
            timeline.trouble(Trouble.FAILURE, "cannot write " + file + ": " + e);
        }
        List<String> lines = log.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    }
}
