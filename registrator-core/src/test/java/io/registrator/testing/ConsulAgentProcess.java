package io.registrator.testing;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import com.google.common.net.HostAndPort;
import io.registrator.net.http.HttpEndpoint;
import io.registrator.registry.consul.ConsulSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Consul server agent of its own, started from the binary that the environment variable {@value #BINARY} names. It
 * listens on free ports of the loopback address, keeps its data in a folder of its own, and is killed on close.
 */
public final class ConsulAgentProcess implements AutoCloseable {
    public static final String BINARY = "REGISTRATOR_TEST_CONSUL_BINARY";
    public static final String NODE = "registrator-test";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path folder;
    private final int httpPort;
    private String token = "";
    private @Nullable Process process;

    private ConsulAgentProcess(Path folder, int httpPort) {
        this.folder = folder;
        this.httpPort = httpPort;
    }

    /**
     * A running agent with a leader.
     *
     * @param extraHcl further configuration, such as ACLs; {@code $DIR} stands for {@link #folder}
     */
    public static ConsulAgentProcess running(String... extraHcl) throws IOException, InterruptedException {
        ConsulAgentProcess agent = prepare(extraHcl);
        agent.start();
        return agent;
    }

    /** An agent that is not running yet, so that files can be put into its {@link #folder} first. */
    public static ConsulAgentProcess prepare(String... extraHcl) throws IOException {
        Path folder = Files.createTempDirectory("registrator-consul");
        List<Integer> ports = freePorts(4);
        ConsulAgentProcess agent = new ConsulAgentProcess(folder, ports.getFirst());
        Files.writeString(folder.resolve("agent.hcl"), agent.configuration(ports));
        Files.writeString(
                folder.resolve("extra.hcl"), String.join("\n", extraHcl).replace("$DIR", folder.toString()));
        return agent;
    }

    /** The token that this helper itself sends from now on. */
    public ConsulAgentProcess as(String token) {
        this.token = token;
        return this;
    }

    public Path folder() {
        return folder;
    }

    public HostAndPort address() {
        return HostAndPort.fromParts("127.0.0.1", httpPort);
    }

    /** How to reach it without TLS and without a token. */
    public ConsulSettings settings() {
        return ConsulSettings.of(new HttpEndpoint.Tcp(address(), false));
    }

    /** Starts the agent and waits until it has a leader. */
    public void start() throws IOException, InterruptedException {
        launch();
        Await.until("Consul has a leader", PATIENCE, this::hasLeader);
    }

    /** Starts the agent and returns at once. */
    public void launch() throws IOException {
        process = new ProcessBuilder(binary(), "agent", "-config-file=agent.hcl", "-config-file=extra.hcl")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("agent.log").toFile())
                .start();
    }

    /** Asks it to end, and waits until it has. */
    public void stop() throws InterruptedException {
        alive().destroy();
        awaitEnd();
    }

    /** Ends it without a word. */
    public void kill() throws InterruptedException {
        alive().destroyForcibly();
        awaitEnd();
    }

    /** Forgets everything; the agent must not run. */
    public void wipe() throws IOException {
        MoreFiles.deleteRecursively(folder.resolve("data"), RecursiveDeleteOption.ALLOW_INSECURE);
    }

    /** Makes it answer nothing, while its connections stay open. */
    public void freeze() {
        Freezing.freeze(alive());
    }

    public void thaw() {
        Freezing.thaw(alive());
    }

    /** Runs {@code consul} with these arguments in {@link #folder}, as for making certificates. */
    public void consul(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(binary()));
        command.addAll(List.of(args));
        run(command);
    }

    public String get(String target) throws IOException, InterruptedException {
        return send("GET", target, "");
    }

    public String put(String target, String body) throws IOException, InterruptedException {
        return send("PUT", target, body);
    }

    public String delete(String target) throws IOException, InterruptedException {
        return send("DELETE", target, "");
    }

    @Override
    public void close() throws IOException {
        if (process != null) {
            Command.kill(process);
        }
        client.close();
        MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
    }

    private boolean hasLeader() throws IOException, InterruptedException {
        if (!alive().isAlive()) {
            throw new AssertionError("Consul has ended: " + log());
        }
        return get("/v1/status/leader").contains(":");
    }

    private String send(String method, String target, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address() + target))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("X-Consul-Token", token)
                .timeout(PATIENCE)
                .build();
        var reply = client.send(request, BodyHandlers.ofString());
        if (reply.statusCode() >= 400) {
            throw new IOException(method + " " + target + ": " + reply.statusCode() + " " + reply.body());
        }
        return reply.body();
    }

    private String configuration(List<Integer> ports) {
        return """
                server = true
                bootstrap_expect = 1
                node_name = "%s"
                data_dir = "%s"
                bind_addr = "127.0.0.1"
                client_addr = "127.0.0.1"
                disable_update_check = true
                performance { raft_multiplier = 1 }
                ports { http = %d server = %d serf_lan = %d serf_wan = %d dns = -1 grpc = -1 }
                """.formatted(NODE, folder.resolve("data"), ports.get(0), ports.get(1), ports.get(2), ports.get(3));
    }

    /** Whether the process is there, frozen or not. */
    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        Command.of(new ProcessBuilder(command).directory(folder.toFile())).output();
    }

    private void awaitEnd() throws InterruptedException {
        if (!alive().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("Consul does not end: " + log());
        }
        process = null;
    }

    private Process alive() {
        if (process == null) {
            throw new IllegalStateException("Consul is not running");
        }
        return process;
    }

    /** What it has said since it was started last. */
    public String log() {
        try {
            return Files.readString(folder.resolve("agent.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String binary() {
        return Optional.ofNullable(System.getenv(BINARY))
                .orElseThrow(
                        () -> new IllegalStateException("the environment variable " + BINARY + " names no Consul"));
    }

    /** Ports that nobody listens on: told apart by holding all of them at a time. */
    public static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }
}
