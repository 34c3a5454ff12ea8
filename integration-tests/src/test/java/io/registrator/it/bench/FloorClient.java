package io.registrator.it.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The least that any registrator must do for one container, and nothing else: hear of it by the engine's event stream,
 * inspect it once, and register it with one PUT; or deregister it with one. It keeps no state, looks at no label, retries
 * nothing and notices no loss. Arguments: the engine's socket, Consul's host and port, how many containers it looks after at a
 * time (with 1 it is strictly serial), the label of those it looks after, and {@code check} or {@code none}.
 */
final class FloorClient {
    static final String READY = "floor client listens";
    private static final String EVENTS = "GET /events?filters=%s HTTP/1.0\r\nHost: engine\r\n\r\n";
    private static final String FILTERS =
            "{\"type\":[\"container\"],\"event\":[\"start\",\"kill\"],\"label\":[\"%s\"]}";
    private static final int BACKLOG = 10_000;

    private FloorClient() {}

    public static void main(String[] arguments) throws Exception {
        UnixDomainSocketAddress engine = UnixDomainSocketAddress.of(arguments[0]);
        int workers = Integer.parseInt(arguments[3]);
        List<Hand> hands = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            hands.add(new Hand(engine, arguments[1], Integer.parseInt(arguments[2]), arguments[5].equals("check")));
        }
        // HTTP/1.0, so that the answer comes as plain lines.
        try (SocketChannel events = SocketChannel.open(engine);
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(Channels.newInputStream(events), UTF_8))) {
            String filters = URLEncoder.encode(FILTERS.formatted(arguments[4]), UTF_8);
            events.write(UTF_8.encode(EVENTS.formatted(filters)));
            while (!lines.readLine().isEmpty()) {
                // The head of the answer.
            }
            System.out.println(READY);
            if (workers == 1) {
                serve(lines, hands.getFirst());
            } else {
                serve(lines, hands);
            }
        }
    }

    private static void serve(BufferedReader lines, Hand hand) throws IOException {
        for (String event = lines.readLine(); event != null; event = lines.readLine()) {
            hand.handle(event);
        }
    }

    private static void serve(BufferedReader lines, List<Hand> hands) throws Exception {
        BlockingQueue<String> queue = new ArrayBlockingQueue<>(BACKLOG);
        for (Hand hand : hands) {
            Thread.ofPlatform().daemon().start(() -> {
                while (true) {
                    try {
                        hand.handle(queue.take());
                    } catch (IOException | InterruptedException | RuntimeException broken) {
                        System.out.println("floor client failed: " + broken);
                        System.exit(1);
                    }
                }
            });
        }
        for (String event = lines.readLine(); event != null; event = lines.readLine()) {
            queue.put(event);
        }
    }

    /** One connection to each of the two. */
    private static final class Hand {
        private final PlainHttp engine;
        private final PlainHttp consul;
        private final boolean check;

        Hand(UnixDomainSocketAddress engine, String host, int port, boolean check) throws IOException {
            this.engine = PlainHttp.unix(engine);
            this.consul = PlainHttp.tcp(host, port);
            this.check = check;
        }

        /** What is no object frames a chunk: not every engine heeds HTTP/1.0. */
        void handle(String event) throws IOException {
            if (!event.startsWith("{")) {
                return;
            }
            String name = between(event, "\"name\":\"");
            if (event.contains("\"Action\":\"kill\"")) {
                consul.send("PUT", "/v1/agent/service/deregister/" + idOf(name), "");
            } else {
                String container = engine.send("GET", "/containers/" + between(event, "\"ID\":\"") + "/json", "");
                // What it heard of while it was frozen may be over.
                if (container.contains("\"Running\":true")) {
                    consul.send("PUT", "/v1/agent/service/register", body(name, container));
                }
            }
        }

        /** Of the same form and size as what the daemon writes. */
        private String body(String name, String container) {
            String port = between(container.substring(container.indexOf("\"NetworkSettings\"")), "\"HostPort\":\"");
            String id = idOf(name);
            String address = "127.0.0.1";
            String checks = "\"Checks\":[{\"CheckID\":\"" + id + "-check\",\"Name\":\"tcp\",\"TCP\":\"" + address + ":"
                    + port + "\",\"Interval\":\"10s\",\"Timeout\":\"2s\",\"Status\":\"passing\"}],";
            return "{\"ID\":\"" + id + "\",\"Name\":\"bench\",\"Tags\":[],\"Address\":\"" + address + "\",\"Port\":"
                    + port
                    + "," + (check ? checks : "")
                    + "\"Meta\":{\"registrator-owner\":\"floor\",\"registrator-container\":\""
                    + between(container, "\"Id\":\"")
                    + "\",\"registrator-hash\":\"0123456789abcdef0123456789abcdef\"}}";
        }

        private static String idOf(String name) {
            return "floor:" + name;
        }

        private static String between(String text, String before) {
            int start = text.indexOf(before);
            if (start < 0) {
                throw new IllegalStateException("no " + before + " in " + text);
            }
            return text.substring(start + before.length(), text.indexOf('"', start + before.length()));
        }
    }
}
