package io.registrator.it.soak;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands before a Consul agent on the loopback address and spoils what goes through it, as it is told. */
final class ChaosProxy implements AutoCloseable {
    private static final int BUFFER = 16_384;
    private static final Duration LATENCY = Duration.ofMillis(300);
    private static final int TRUNCATED_AT = 40;

    private final int agentPort;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Spoiling spoiling = Spoiling.NONE;

    ChaosProxy(int agentPort) throws IOException {
        this.agentPort = agentPort;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    String uri() {
        return "consul://127.0.0.1:" + server.getLocalPort();
    }

    /** From now on; connections that are open are cut, so that it holds for all. */
    void spoil(Spoiling how) {
        spoiling = how;
        open.forEach(ChaosProxy::closeQuietly);
        open.clear();
    }

    private void serve() {
        try {
            while (true) {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException closed) {
            spoil(Spoiling.NONE);
        }
    }

    private void serve(Socket client) {
        open.add(client);
        Spoiling now = spoiling;
        try (client) {
            // Closed like this, a connection is reset.
            client.setSoLinger(now == Spoiling.RESET, 0);
            if (now.answer().isEmpty()) {
                relay(client, now);
            } else {
                refuse(client, now.answer());
            }
        } catch (IOException gone) {
            // One of the two went away, and so does the other.
        } finally {
            open.remove(client);
        }
    }

    private void relay(Socket client, Spoiling now) throws IOException {
        try (Socket agent = new Socket(InetAddress.getLoopbackAddress(), agentPort)) {
            open.add(agent);
            Thread.ofVirtual().start(() -> {
                try {
                    copy(client.getInputStream(), agent.getOutputStream(), Spoiling.NONE);
                } catch (IOException gone) {
                    closeQuietly(agent);
                }
            });
            try {
                copy(agent.getInputStream(), client.getOutputStream(), now);
            } finally {
                open.remove(agent);
            }
        }
    }

    private static void copy(InputStream from, OutputStream to, Spoiling now) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int length; (length = from.read(buffer)) >= 0; ) {
            switch (now) {
                case RESET -> throw new IOException("reset");
                case TRUNCATED -> {
                    to.write(buffer, 0, Math.min(length, TRUNCATED_AT));
                    throw new IOException("truncated");
                }
                case SLOW -> pause();
                case NONE, ANSWER_500, ANSWER_429, ANSWER_403 -> {}
            }
            to.write(buffer, 0, length);
        }
    }

    private static void refuse(Socket client, String status) throws IOException {
        InputStream requests = client.getInputStream();
        byte[] buffer = new byte[BUFFER];
        if (requests.read(buffer) >= 0) {
            String body = "a fault of the test";
            client.getOutputStream()
                    .write(("HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Length: " + body.length()
                                    + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(LATENCY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It was to be cut.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        spoil(Spoiling.NONE);
    }
}
