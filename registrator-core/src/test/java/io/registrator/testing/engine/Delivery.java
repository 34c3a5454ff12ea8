package io.registrator.testing.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What becomes of events on their way into the open streams. One object serves one engine; it is called by one thread at a time. */
public interface Delivery {

    /** The events to be sent now that this one has happened: none, itself, or others that were held back. */
    List<EngineEvent> next(EngineEvent event);

    /** The events that are still held back; none are, then. */
    default List<EngineEvent> rest() {
        return List.of();
    }

    /** The same, and each of them by another delivery then. */
    default Delivery then(Delivery other) {
        return new Delivery() {
            @Override
            public List<EngineEvent> next(EngineEvent event) {
                return through(Delivery.this.next(event));
            }

            @Override
            public List<EngineEvent> rest() {
                List<EngineEvent> all = new ArrayList<>(through(Delivery.this.rest()));
                all.addAll(other.rest());
                return all;
            }

            private List<EngineEvent> through(List<EngineEvent> events) {
                return events.stream()
                        .flatMap(event -> other.next(event).stream())
                        .toList();
            }
        };
    }

    /** Each once, in its turn. */
    static Delivery exact() {
        return List::of;
    }

    /** Each twice. */
    static Delivery doubled() {
        return event -> List.of(event, event);
    }

    /** A share of them never. */
    static Delivery dropping(double share, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return event -> random.nextDouble() < share ? List.of() : List.of(event);
    }

    /** Each once, up to about {@code window} places away from its turn. */
    static Delivery shuffled(int window, long seed) {
        return new Shuffle(window, seed);
    }
}
