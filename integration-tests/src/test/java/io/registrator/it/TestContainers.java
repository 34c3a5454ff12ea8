package io.registrator.it;

import io.registrator.testing.DockerCli;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The containers and networks of one test, told apart by the prefix of their names and removed with it. */
public final class TestContainers implements AutoCloseable {
    private static final String LABEL = "io.registrator.it";

    /** By this scripts/test.sh finds what a broken run has left behind. */
    private static final String RUN_LABEL =
            "io.registrator.test=" + Objects.requireNonNullElse(System.getenv("REGISTRATOR_TEST_RUN"), "by-hand");

    private final DockerCli docker;
    private final String image;
    private final String prefix =
            "it-" + Integer.toHexString(ThreadLocalRandom.current().nextInt(0x1000000, 0x10000000));

    public TestContainers(DockerCli docker, String image) {
        this.docker = docker;
        this.image = image;
    }

    /** Of the web image on this machine's engine. */
    public static TestContainers ofWeb() {
        return new TestContainers(DockerCli.ofThisMachine(), System.getenv("REGISTRATOR_TEST_WEB_IMAGE"));
    }

    /** The value of {@code -filter} by which a daemon sees these containers alone: other tests run beside it. */
    public String filter() {
        return "label=" + LABEL + "=" + prefix;
    }

    public String prefix() {
        return prefix;
    }

    /** The label, with its value, that all of them carry. */
    public String label() {
        return LABEL + "=" + prefix;
    }

    public DockerCli docker() {
        return docker;
    }

    public String name(String suffix) {
        return prefix + "-" + suffix;
    }

    /** Names with numbers. */
    List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> name("n" + i)).toList();
    }

    /** Makes a network; its name. */
    public String network(String suffix, String... options) {
        List<String> all = new ArrayList<>(List.of("network", "create", "--label", label(), "--label", RUN_LABEL));
        all.addAll(List.of(options));
        all.add(name(suffix));
        docker.docker(all.toArray(String[]::new));
        return name(suffix);
    }

    /** Starts one; its name. */
    String run(String suffix, String... options) {
        return make("run", suffix, List.of(options), List.of());
    }

    /** Starts one with a command of its own; its name. */
    public String runCommand(String suffix, List<String> options, String... command) {
        return make("run", suffix, options, List.of(command));
    }

    /** Makes one without starting it; its name. */
    public String create(String suffix, String... options) {
        return make("create", suffix, List.of(options), List.of());
    }

    private String make(String verb, String suffix, List<String> options, List<String> command) {
        List<String> all =
                new ArrayList<>(List.of(verb, "--name", name(suffix), "--label", label(), "--label", RUN_LABEL));
        if (verb.equals("run")) {
            all.add("--detach");
        }
        all.addAll(options);
        all.add(image);
        all.addAll(command);
        docker.docker(all.toArray(String[]::new));
        return name(suffix);
    }

    /** Does this to all of them at once, one command each. */
    public void each(List<String> names, String... verb) throws InterruptedException {
        parallel(
                names,
                name -> docker.docker(
                        Stream.concat(Stream.of(verb), Stream.of(name)).toArray(String[]::new)));
    }

    private static void parallel(List<String> names, Consumer<String> action) throws InterruptedException {
        List<Thread> threads = names.stream()
                .map(name -> Thread.ofVirtual().start(() -> action.accept(name)))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** The names of those that run. */
    Set<String> running() {
        String names = docker.docker("ps", "--filter", "label=" + label(), "--format", "{{.Names}}");
        return new TreeSet<>(names.lines().toList());
    }

    String id(String name) {
        return docker.docker("inspect", "--format", "{{.Id}}", name);
    }

    /** The address in a network, or in the only one. */
    public String address(String name) {
        return docker.docker("inspect", "--format", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", name);
    }

    /** The host port of a published port, such as {@code 8080/tcp}. */
    int hostPort(String name, String port) {
        String format = "{{(index (index .NetworkSettings.Ports \"" + port + "\") 0).HostPort}}";
        return Integer.parseInt(docker.docker("inspect", "--format", format, name));
    }

    /** The host's address on the default bridge: both containers and the host can reach it. */
    public String gateway() {
        String bridge = docker.docker(
                "network", "inspect", "--format", "{{index .Options \"com.docker.network.bridge.name\"}}", "bridge");
        try {
            return NetworkInterface.getByName(bridge)
                    .inetAddresses()
                    .filter(Inet4Address.class::isInstance)
                    .map(InetAddress::getHostAddress)
                    .findFirst()
                    .orElseThrow();
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        remove(List.of("ps", "--all", "--quiet"), List.of("rm", "--force", "--volumes"));
        remove(List.of("network", "ls", "--quiet"), List.of("network", "rm"));
    }

    private void remove(List<String> list, List<String> remove) {
        String ids = docker.docker(Stream.concat(list.stream(), Stream.of("--filter", "label=" + label()))
                .toArray(String[]::new));
        if (!ids.isBlank()) {
            docker.docker(Stream.concat(remove.stream(), ids.lines()).toArray(String[]::new));
        }
    }
}
