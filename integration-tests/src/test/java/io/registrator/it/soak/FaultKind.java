package io.registrator.it.soak;

import static io.registrator.it.soak.Effect.AGENT_FORGETS;
import static io.registrator.it.soak.Effect.AGENT_RESTARTS;
import static io.registrator.it.soak.Effect.DAEMON_ENDS;
import static io.registrator.it.soak.Effect.ENGINE_AWAY;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BiFunction;

/** What can go wrong between a registrator, its engine and its agent. */
@SuppressWarnings("ImmutableEnumChecker") // lambdas that hold nothing
enum FaultKind {
    NONE((stage, chance) -> Fault.atOnce(() -> {})),
    REGISTRATOR_KILLED((stage, chance) -> Fault.of(stage.daemon()::kill, stage.daemon()::start), DAEMON_ENDS),
    REGISTRATOR_ENDED((stage, chance) -> Fault.of(stage.daemon()::terminate, stage.daemon()::start), DAEMON_ENDS),
    REGISTRATOR_FROZEN((stage, chance) -> Fault.of(stage.daemon()::freeze, stage.daemon()::thaw)),
    SECOND_REGISTRATOR((stage, chance) -> Fault.of(stage.daemon()::startSecond, stage.daemon()::endSecond)),
    CLOCK_STEPPED((stage, chance) -> Fault.atOnce(() -> stage.clock().step(chance))),
    EVENTS_CUT((stage, chance) -> Fault.atOnce(stage.relay()::cut)),
    ENGINE_FROZEN((stage, chance) -> Fault.of(stage.engine()::freeze, stage.engine()::thaw), ENGINE_AWAY),
    ENGINE_KILLED((stage, chance) -> Fault.of(stage.engine()::kill, stage.engine()::startAgain), ENGINE_AWAY),
    ENGINE_RESTARTED((stage, chance) -> Fault.of(stage.engine()::stop, stage.engine()::startAgain), ENGINE_AWAY),
    AGENT_RESTARTED((stage, chance) -> Fault.of(stage.consul()::stopAgent, stage.consul()::startAgent), AGENT_RESTARTS),
    AGENT_KILLED((stage, chance) -> Fault.of(stage.consul()::killAgent, stage.consul()::startAgent), AGENT_RESTARTS),
    AGENT_WIPED(
            (stage, chance) -> Fault.of(stage.consul()::wipeAgent, stage.consul()::startAgent),
            AGENT_RESTARTS,
            AGENT_FORGETS),
    AGENT_FROZEN((stage, chance) ->
            Fault.of(stage.consul().agent()::freeze, stage.consul().agent()::thaw)),
    LEADER_FROZEN((stage, chance) -> Fault.of(stage.consul()::freezeMajority, stage.consul()::thawMajority)),
    LEADER_KILLED((stage, chance) -> Fault.of(stage.consul()::killMajority, stage.consul()::startMajority)),
    ANSWERS_SLOW(spoil(Spoiling.SLOW)),
    CONNECTIONS_RESET(spoil(Spoiling.RESET)),
    ANSWERS_TRUNCATED(spoil(Spoiling.TRUNCATED)),
    ANSWERS_500(spoil(Spoiling.ANSWER_500)),
    ANSWERS_429(spoil(Spoiling.ANSWER_429)),
    ANSWERS_403(spoil(Spoiling.ANSWER_403));

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PATIENCE_WITH_ENGINES = Duration.ofSeconds(10);

    private final BiFunction<Stage, Integer, Fault> maker;
    private final ImmutableSet<Effect> effects;

    FaultKind(BiFunction<Stage, Integer, Fault> maker, Effect... effects) {
        this.maker = maker;
        this.effects = ImmutableSet.copyOf(effects);
    }

    static ImmutableList<FaultKind> all() {
        return ImmutableList.copyOf(values());
    }

    /** @param chance decides what the kind leaves open */
    Fault on(Stage stage, int chance) {
        return maker.apply(stage, chance);
    }

    boolean has(Effect effect) {
        return effects.contains(effect);
    }

    /** How soon after its end Consul has to equal the engine. */
    Duration patience() {
        return has(ENGINE_AWAY) ? PATIENCE_WITH_ENGINES : PATIENCE;
    }

    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static BiFunction<Stage, Integer, Fault> spoil(Spoiling how) {
        return (stage, chance) ->
                Fault.of(() -> stage.proxy().spoil(how), () -> stage.proxy().spoil(Spoiling.NONE));
    }
}
