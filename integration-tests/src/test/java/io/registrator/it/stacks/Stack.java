package io.registrator.it.stacks;

import com.google.common.base.Splitter;
import io.registrator.it.Agent;
import io.registrator.it.RegistratorProcess;
import io.registrator.it.TestContainers;
import io.registrator.testing.Await;
import io.registrator.testing.DockerCli;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A network with Consul as {@code consul} in it, Registrator beside it, and web replicas that end gracefully. The system
 * properties {@code stacks.options} (for Registrator) and {@code stacks.retries=off} (for the proxies) are for measuring
 * what fails otherwise.
 */
final class Stack implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Path EXAMPLES =
            Path.of("..", "examples").toAbsolutePath().normalize();

    private final Turn turn = Turn.take();
    private final TestContainers infrastructure;
    private final TestContainers containers;
    private final String network;
    private final String consul;
    private final RegistratorProcess registrator;
    private final String service;

    private Stack(String service) throws InterruptedException {
        DockerCli docker = DockerCli.ofThisMachine();
        this.service = service;
        this.infrastructure = new TestContainers(docker, System.getenv("REGISTRATOR_TEST_CONSUL_IMAGE"));
        this.containers = new TestContainers(docker, System.getenv("REGISTRATOR_TEST_PROXY_IMAGE"));
        this.network = infrastructure.network("net");
        this.consul = infrastructure.address(infrastructure.runCommand(
                "consul",
                List.of("--network", network, "--network-alias", "consul"),
                "agent",
                "-dev",
                "-client",
                "0.0.0.0",
                "-hcl",
                "dns_config { only_passing = true }"));
        Await.until("Consul has a leader", SOON, () -> agent().passing("consul") == 1);
        this.registrator = RegistratorProcess.start(docker.host(), options());
    }

    static Stack of(String service) throws InterruptedException {
        return new Stack(service);
    }

    private String[] options() {
        List<String> options = new ArrayList<>(
                List.of("-internal", "-filter", "name=" + containers.prefix() + "*", "-node-id", "stack"));
        options.addAll(Splitter.on(' ').omitEmptyStrings().splitToList(System.getProperty("stacks.options", "")));
        options.add(agent().uri());
        return options.toArray(String[]::new);
    }

    private Agent agent() {
        return new Agent(consul + ":8500");
    }

    DockerCli docker() {
        return containers.docker();
    }

    String network() {
        return network;
    }

    /** The container's name, by which it also calls itself. */
    String name(String suffix) {
        return containers.name(suffix);
    }

    /**
     * Starts a web replica; it listens half a second later, takes a tenth of a second for a request, and goes on for three
     * seconds after SIGTERM.
     */
    String web(String suffix, String... options) {
        List<String> all = new ArrayList<>(
                List.of("--expose", "8080", "-e", "SERVICE_NAME=" + service, "-e", "START_DELAY=0.5", "-e", "GRACE=3"));
        all.addAll(List.of(options));
        return start(suffix, all, "graceful-web");
    }

    /** Starts a proxy with a file of examples/ at /stack; its name. */
    String proxy(String suffix, List<String> files, List<String> options, String command) {
        List<String> all = new ArrayList<>(List.of(
                "-e",
                "CONSUL=consul:8500",
                "-e",
                "UPSTREAM=" + service,
                "-e",
                "RETRIES=" + System.getProperty("stacks.retries", "on"),
                "-l",
                "SERVICE_IGNORE=true"));
        files.stream()
                .map(EXAMPLES::resolve)
                .forEach(file -> all.addAll(List.of("-v", file + ":/stack/" + file.getFileName() + ":ro")));
        all.addAll(options);
        return start(suffix, all, command);
    }

    private String start(String suffix, List<String> options, String command) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("--network", network, "--hostname", name(suffix)));
        return containers.runCommand(suffix, all, command);
    }

    /** Stops them as `docker stop` does, all at once. */
    void stop(Set<String> names) throws InterruptedException {
        containers.each(List.copyOf(names), "stop");
    }

    InetSocketAddress address(String container, int port) {
        return new InetSocketAddress(containers.address(container), port);
    }

    /** What a command in a container prints. */
    String exec(String container, String... command) {
        return docker().docker(Stream.concat(Stream.of("exec", container), Stream.of(command))
                .toArray(String[]::new));
    }

    /** How many requests this nginx sent to a second server because it could not connect to the first. */
    int secondTries(String nginx) {
        return Integer.parseInt(exec(nginx, "awk", "/,/ { n++ } END { print n + 0 }", "/var/log/nginx/access.log"));
    }

    /** Until so many instances pass. */
    void awaitPassing(int count) throws InterruptedException {
        Await.until(count + " instances pass", SOON, () -> agent().passing(service) == count);
    }

    @Override
    public void close() {
        registrator.close();
        containers.close();
        infrastructure.close();
        turn.close();
    }
}
