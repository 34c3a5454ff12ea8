package io.registrator.testing.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** The event streams that are open, what goes over them, and the last events for those to come. */
public final class EventStreams {
    /** As many as the engine keeps for a replay. */
    private static final int KEPT = 256;

    private final ApiVersion version;
    private final Deque<EngineEvent> past = new ArrayDeque<>();
    private final Set<EventSubscriber> open = new HashSet<>();
    private final AtomicLong lost = new AtomicLong();
    private Delivery delivery = Delivery.exact();

    EventStreams(ApiVersion version) {
        this.version = version;
    }

    /** From now on events reach the open streams so; a replay always has all. What was held back is sent first. */
    public synchronized void deliver(Delivery other) {
        delivery.rest().forEach(this::send);
        delivery = other;
    }

    /** Lets it happen, whatever it is; containers do not change by it. */
    public synchronized void publish(EngineEvent event) {
        past.addLast(event);
        if (past.size() > KEPT) {
            past.removeFirst();
        }
        delivery.next(event).forEach(this::send);
    }

    /** Sends these bytes over all open streams, between two events. */
    public synchronized void garble(byte[] bytes) {
        open.forEach(subscriber -> send(subscriber, bytes));
    }

    /** Ends all open streams; new ones work. */
    public synchronized void cut() {
        open.forEach(EventSubscriber::close);
        open.clear();
    }

    /** The streams that are open stay so, and nothing comes over them; new ones work. */
    public synchronized void silence() {
        open.forEach(EventSubscriber::silence);
    }

    public synchronized int count() {
        return open.size();
    }

    /** How many events were not sent because a reader was too slow. */
    public long lost() {
        return lost.get();
    }

    /**
     * A stream that can be cut from now on, and begins later: the engine, too, sends the head of its answer before it
     * subscribes who asked.
     */
    synchronized EventSubscriber open(EventFilter filter, long sinceNanos) {
        EventSubscriber subscriber = new EventSubscriber(filter, sinceNanos);
        open.add(subscriber);
        return subscriber;
    }

    /** Sends what has happened since then and is still kept; all that comes follows. */
    synchronized void begin(EventSubscriber subscriber) {
        subscriber.begin();
        past.stream()
                .filter(event -> event.nanos() >= subscriber.sinceNanos() && subscriber.wants(event))
                .forEach(event -> send(subscriber, line(event)));
    }

    synchronized void end(EventSubscriber subscriber) {
        subscriber.close();
        open.remove(subscriber);
    }

    /** As an engine that was restarted. */
    synchronized void forget() {
        cut();
        past.clear();
    }

    private void send(EngineEvent event) {
        List<EventSubscriber> wanting =
                open.stream().filter(subscriber -> subscriber.wants(event)).toList();
        if (!wanting.isEmpty()) {
            byte[] line = line(event);
            wanting.forEach(subscriber -> send(subscriber, line));
        }
    }

    private void send(EventSubscriber subscriber, byte[] line) {
        try {
            if (!subscriber.send(line)) {
                lost.incrementAndGet();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            lost.incrementAndGet();
        }
    }

    private byte[] line(EngineEvent event) {
        return (event.json(version) + "\n").getBytes(UTF_8);
    }
}
