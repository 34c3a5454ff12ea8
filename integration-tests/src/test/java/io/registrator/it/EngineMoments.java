package io.registrator.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Splitter;
import io.registrator.testing.Await;
import io.registrator.testing.Command;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** When the engine says that something happened to containers, by its own clock, which is this machine's. */
public final class EngineMoments implements AutoCloseable {
    private final Map<String, Instant> moments = new ConcurrentHashMap<>();
    private final Process events;

    /** @param event such as {@code kill} or {@code health_status: unhealthy} */
    public EngineMoments(String event) throws IOException {
        events = new ProcessBuilder(
                        "docker",
                        "events",
                        "--filter",
                        "event=" + event,
                        "--format",
                        "{{.Actor.Attributes.name}} {{.TimeNano}}")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread.ofVirtual().start(this::read);
    }

    /** The last time it happened to this container; waits for the first. */
    Instant of(String container) throws InterruptedException {
        Await.until("an event of " + container, Duration.ofSeconds(10), () -> moments.containsKey(container));
        return moments.getOrDefault(container, Instant.MIN);
    }

    /** The last time it happened to this container; waits until there is one after that moment. */
    public Instant of(String container, Instant after) throws InterruptedException {
        Await.until(
                "an event of " + container,
                Duration.ofSeconds(10),
                () -> of(container).isAfter(after));
        return of(container);
    }

    private void read() {
        try (BufferedReader lines = events.inputReader(UTF_8)) {
            lines.lines().map(Splitter.on(' ')::splitToList).forEach(this::remember);
        } catch (IOException ended) {
            // close() has ended the process.
        }
    }

    private void remember(List<String> words) {
        moments.put(words.get(0), Instant.EPOCH.plusNanos(Long.parseLong(words.get(1))));
    }

    @Override
    public void close() {
        Command.kill(events);
    }
}
