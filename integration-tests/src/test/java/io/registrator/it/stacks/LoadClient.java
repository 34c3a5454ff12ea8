package io.registrator.it.stacks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.common.base.Splitter;
import com.google.common.util.concurrent.Uninterruptibles;
import io.registrator.testing.Await;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Sends requests at a steady rate, each over a connection of its own and whatever became of those before, and keeps the
 * answer to every one. The requests are POSTs, which no proxy may send twice.
 */
final class LoadClient implements AutoCloseable {
    static final int PER_SECOND = 60;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration WINDOW = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SERVED_BY = "served by ";

    private final InetSocketAddress target;
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread pace;

    private LoadClient(InetSocketAddress target) {
        this.target = target;
        this.pace = Thread.ofPlatform().name("load").unstarted(this::send);
    }

    /** Begins as soon as a first request succeeds. */
    static LoadClient of(InetSocketAddress target) throws InterruptedException {
        LoadClient client = new LoadClient(target);
        Await.until(
                "an answer from " + target, PATIENCE, () -> !client.request().failed());
        client.pace.start();
        return client;
    }

    /** Until the answers of the last second come from these backends and from no others. */
    LoadClient awaitBackends(Set<String> backends) throws InterruptedException {
        return await("answers from " + backends, answer -> true, backends);
    }

    /** Until this proxy passes requests on to these backends and to no others, and no other proxy to any. */
    LoadClient awaitBackends(String proxy, Set<String> backends) throws InterruptedException {
        return await("answers by way of " + proxy, answer -> answer.proxy().equals(proxy), backends);
    }

    private LoadClient await(String what, Predicate<Answer> matches, Set<String> backends) throws InterruptedException {
        try {
            Await.until(what, PATIENCE, () -> {
                List<Answer> recent = succeededSince(Instant.now().minus(WINDOW));
                return recent.size() >= PER_SECOND / 3
                        && recent.stream().allMatch(matches)
                        && backends(recent).equals(backends);
            });
            return this;
        } catch (AssertionError late) {
            List<Answer> recent = succeededSince(Instant.now().minus(WINDOW));
            throw new AssertionError(late.getMessage() + "; " + backends(recent) + "\n" + report(), late);
        }
    }

    private List<Answer> succeededSince(Instant start) {
        return answers.stream()
                .filter(answer -> !answer.failed() && answer.started().isAfter(start))
                .toList();
    }

    private static Set<String> backends(List<Answer> answers) {
        Set<String> backends = new TreeSet<>();
        answers.forEach(answer -> backends.add(answer.backend()));
        return backends;
    }

    /** Sends no more, and waits for the answers to what was sent. */
    LoadReport finish() {
        pace.interrupt();
        Uninterruptibles.joinUninterruptibly(pace);
        requests.close();
        return report();
    }

    private LoadReport report() {
        return new LoadReport(List.copyOf(answers));
    }

    private void send() {
        long start = System.nanoTime();
        for (long sent = 0; !Thread.currentThread().isInterrupted(); sent++) {
            long due = start + TimeUnit.SECONDS.toNanos(sent) / PER_SECOND;
            try {
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            } catch (InterruptedException finished) {
                return;
            }
            requests.execute(() -> answers.add(request()));
        }
    }

    private Answer request() {
        Instant started = Instant.now();
        int port = 0;
        try (Socket socket = new Socket()) {
            socket.connect(target, Math.toIntExact(TIMEOUT.toMillis()));
            port = socket.getLocalPort();
            socket.setSoTimeout(Math.toIntExact(TIMEOUT.toMillis()));
            socket.getOutputStream()
                    .write(("POST / HTTP/1.1\r\nHost: web\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
                            .getBytes(US_ASCII));
            return answer(started, port, new String(socket.getInputStream().readAllBytes(), US_ASCII));
        } catch (IOException e) {
            return new Answer(started, since(started), port, "", "", e.toString());
        }
    }

    private static Answer answer(Instant started, int port, String text) {
        List<String> lines = Splitter.on("\r\n").splitToList(text);
        String proxy = lines.stream()
                .filter(line -> line.startsWith("X-Proxy: "))
                .map(line -> line.substring("X-Proxy: ".length()))
                .findFirst()
                .orElse("");
        String body = lines.getLast();
        if (!lines.getFirst().contains(" 200 ") || !body.startsWith(SERVED_BY) || !body.endsWith("\n")) {
            return new Answer(started, since(started), port, "", proxy, "'" + lines.getFirst() + "'");
        }
        return new Answer(
                started,
                since(started),
                port,
                body.substring(SERVED_BY.length()).strip(),
                proxy,
                "");
    }

    private static Duration since(Instant start) {
        return Duration.between(start, Instant.now());
    }

    @Override
    public void close() {
        finish();
    }
}
