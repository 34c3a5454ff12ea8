package io.registrator.it.bench;

import io.registrator.testing.engine.ContainerSpec;
import io.registrator.testing.engine.SimulatedEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Events without end, at an even pace: containers that stay end and start again by turns, and now and then one comes and
 * goes for ever. All run in between.
 */
final class Weather {
    /** An end and a start, each with its network's event. */
    private static final int EVENTS_OF_A_TURN = 4;

    /** A start, a signal, an end, its removal, and two of its network. */
    private static final int EVENTS_OF_A_LIFE = 6;

    private static final int TURNS_PER_LIFE = 15;
    private static final int PORTS = 20_000;

    private final SimulatedEngine engine;
    private final int eventsPerSecond;
    private final List<String> staying = new ArrayList<>();
    private long turns;
    private long lives;

    Weather(SimulatedEngine engine, int containers, int eventsPerSecond) {
        this.engine = engine;
        this.eventsPerSecond = eventsPerSecond;
        for (int i = 0; i < containers; i++) {
            staying.add(engine.run(spec("c" + i, i)));
        }
    }

    /** Returns when about so many events have been sent. */
    void send(long events) {
        long begin = System.nanoTime();
        for (long sent = 0; sent < events; ) {
            String id = staying.get((int) (turns % staying.size()));
            engine.die(id, 0);
            engine.start(id);
            sent += EVENTS_OF_A_TURN;
            if (++turns % TURNS_PER_LIFE == 0) {
                engine.remove(engine.run(spec("guest" + lives++, staying.size())));
                sent += EVENTS_OF_A_LIFE;
            }
            LockSupport.parkNanos(begin + sent * 1_000_000_000L / eventsPerSecond - System.nanoTime());
        }
    }

    private static ContainerSpec spec(String name, int number) {
        return ContainerSpec.named(name)
                .env("SERVICE_NAME=weather", "SERVICE_TAGS=a,b")
                .publish(80, 20_000 + number % PORTS);
    }
}
