package io.registrator.testing.engine;

import java.time.Instant;

/**
 * A container as the engine knows it at one moment.
 *
 * @param number counts all containers ever made; its address is made from it
 * @param startedAt the year 1 before the first start, likewise {@code finishedAt} before the first end
 */
record SimulatedContainer(
        String id,
        int number,
        ContainerSpec spec,
        String name,
        Instant created,
        Instant startedAt,
        Instant finishedAt,
        State state,
        Health health,
        int exitCode) {

    /** The zero of Go's clock. */
    static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

    enum State {
        CREATED,
        RUNNING,
        PAUSED,
        EXITED;

        boolean isAlive() {
            return this == RUNNING || this == PAUSED;
        }
    }

    /** What a HEALTHCHECK says; {@code NONE} where there is none. */
    enum Health {
        NONE,
        STARTING,
        HEALTHY,
        UNHEALTHY
    }

    static SimulatedContainer created(String id, int number, ContainerSpec spec, Instant now) {
        return new SimulatedContainer(id, number, spec, spec.name(), now, NEVER, NEVER, State.CREATED, Health.NONE, 0);
    }

    SimulatedContainer started(Instant now) {
        return new SimulatedContainer(id, number, spec, name, created, now, finishedAt, State.RUNNING, health, 0);
    }

    SimulatedContainer ended(Instant now, int code) {
        return new SimulatedContainer(id, number, spec, name, created, startedAt, now, State.EXITED, health, code);
    }

    SimulatedContainer in(State other) {
        return new SimulatedContainer(id, number, spec, name, created, startedAt, finishedAt, other, health, exitCode);
    }

    SimulatedContainer with(Health other) {
        return new SimulatedContainer(id, number, spec, name, created, startedAt, finishedAt, state, other, exitCode);
    }

    SimulatedContainer renamed(String other) {
        return new SimulatedContainer(id, number, spec, other, created, startedAt, finishedAt, state, health, exitCode);
    }

    /** The network that it is attached to, in the engine's words; empty for another container's. */
    String network() {
        return switch (spec.networkMode()) {
            case "default" -> "bridge";
            case String mode when mode.startsWith("container:") -> "";
            case String mode -> mode;
        };
    }
}
