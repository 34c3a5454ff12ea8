package io.registrator.testing.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Holds back some events, and lets one of them go for each that comes. */
final class Shuffle implements Delivery {
    private final int window;
    private final SplittableRandom random;
    private final List<EngineEvent> held = new ArrayList<>();

    Shuffle(int window, long seed) {
        this.window = window;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public List<EngineEvent> next(EngineEvent event) {
        held.add(event);
        return held.size() <= window ? List.of() : List.of(any());
    }

    @Override
    public List<EngineEvent> rest() {
        List<EngineEvent> rest = new ArrayList<>();
        while (!held.isEmpty()) {
            rest.add(any());
        }
        return rest;
    }

    private EngineEvent any() {
        int chosen = random.nextInt(held.size());
        EngineEvent event = held.get(chosen);
        held.set(chosen, held.getLast());
        held.removeLast();
        return event;
    }
}
