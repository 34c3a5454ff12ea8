package io.registrator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.JsonObject;
import io.registrator.testing.Await;
import io.registrator.testing.ConsulAgentProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Containers with IPv6 addresses, on a network of their own with both families, and ports published on such addresses. */
@SuppressWarnings("NullAway.Init")
class IPv6IT {
    private static final String NODE = "ipv6";
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String ANY_OF_OURS = "fd00::/8";

    private static ConsulAgentProcess consul;

    private final String prefix = "fd00:%x:%x::".formatted(random(), random());
    private final TestContainers containers = TestContainers.ofWeb();
    private final String network = containers.network("v6", "--ipv6", "--subnet", prefix + "/64");

    @BeforeAll
    static void startConsul() throws Exception {
        assumeThat(Path.of("/proc/net/if_inet6"))
                .as("this kernel speaks no IPv6")
                .exists();
        consul = ConsulAgentProcess.running();
    }

    @AfterAll
    static void stopConsul() throws Exception {
        if (consul != null) {
            consul.close();
        }
    }

    @AfterEach
    void removeContainers() {
        containers.close();
    }

    @Test
    void registersIpv4WithIpv6BesideItUnlessIpv6IsChosen() throws Exception {
        try (RegistratorProcess daemon = start("-internal")) {
            String both = run("both");
            String chosen = run("chosen", "-e", "SERVICE_NETWORK=" + ANY_OF_OURS);
            String named = run("named", "-e", "SERVICE_NETWORK=" + network);

            for (String name : List.of(both, named)) {
                JsonObject service = passing(name);
                assertThat(service.get("Address").getAsString()).isEqualTo(containers.address(name));
                assertThat(tagged(service, "lan_ipv6")).isEqualTo(ipv6(name) + " 8080");
            }
            JsonObject service = passing(chosen);
            assertThat(service.get("Address").getAsString()).isEqualTo(ipv6(chosen));
            assertThat(daemon.log()).doesNotContain("WARN").doesNotContain("ERROR");
        }
    }

    @Test
    void registersIpv6WhereTheDaemonIsToldToChooseIt() throws Exception {
        try (RegistratorProcess daemon = start("-internal", "-network", ANY_OF_OURS)) {
            String web = run("web", "-e", "SERVICE_CHECK_HTTP=/health");
            String other = containers.run("other");

            assertThat(passing(web).get("Address").getAsString())
                    .isEqualTo(ipv6(web))
                    .startsWith(prefix);
            assertThat(Agent.of(consul).services()).doesNotContainKey(id(other));
            assertThat(daemon.log()).doesNotContain("ERROR");
        }
    }

    @Test
    void registersPortsThatArePublishedOnIpv6Addresses() throws Exception {
        // The host has its addresses on the network only while somebody is on it.
        String first = run("first");
        String gateway4 = containers
                .docker()
                .docker("inspect", "--format", "{{range .NetworkSettings.Networks}}{{.Gateway}}{{end}}", first);
        // A fresh IPv6 address can be used only once the kernel has made sure that nobody else has it.
        Await.until("the host has " + prefix + "1", SOON, () -> canBindTo(prefix + "1"));
        int port = ConsulAgentProcess.freePorts(1).getFirst();
        try (RegistratorProcess daemon = start()) {
            String loopback = run("loopback", "-p", "[::1]::8080");
            String both =
                    run("both", "-p", gateway4 + ":" + port + ":8080", "-p", "[" + prefix + "1]:" + port + ":8080");
            String all = run("all", "-p", "8080");

            JsonObject service = passing(loopback);
            assertThat(service.get("Address").getAsString()).isEqualTo("::1");
            assertThat(service.get("Port").getAsInt()).isEqualTo(containers.hostPort(loopback, "8080/tcp"));
            assertThat(daemon.log()).contains("published on ::1 only");

            service = passing(both);
            assertThat(service.get("Address").getAsString()).isEqualTo(gateway4);
            assertThat(tagged(service, "lan_ipv6")).isEqualTo(prefix + "1 " + port);

            assertThat(passing(all).get("Address").getAsString()).doesNotContain(":");
            assertThat(daemon.log()).doesNotContain("ERROR");
        }
    }

    @Test
    void registersAPortOfIpv6AloneWithTheHostsIpv6AddressOrSaysThatThereIsNone() throws Exception {
        Optional<InetAddress> ours = routedIpv6();
        try (RegistratorProcess daemon = start()) {
            String web = run("web", "-p", "[::]::8080");

            if (ours.isPresent()) {
                JsonObject service = passing(web);
                assertThat(InetAddress.getByName(service.get("Address").getAsString()))
                        .isEqualTo(ours.get());
                assertThat(service.get("Port").getAsInt()).isEqualTo(containers.hostPort(web, "8080/tcp"));
            } else {
                daemon.awaitLog("is of the other family");
                assertThat(Agent.of(consul).services()).doesNotContainKey(id(web));
            }
            assertThat(daemon.log()).doesNotContain("ERROR");
        }
    }

    /** The source address that the kernel chooses for a far host, where other hosts can reach it. */
    private static Optional<InetAddress> routedIpv6() throws IOException {
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET6)) {
            channel.connect(new InetSocketAddress(InetAddress.getByName("2001:db8::1"), 9));
            return Optional.of(((InetSocketAddress) channel.getLocalAddress()).getAddress())
                    .filter(source -> !source.isLinkLocalAddress() && !source.isLoopbackAddress());
        } catch (SocketException noRoute) {
            return Optional.empty();
        }
    }

    private RegistratorProcess start(String... options) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-node-id", NODE, "-filter", containers.filter()));
        arguments.addAll(List.of(options));
        arguments.add(Agent.of(consul).uri());
        return RegistratorProcess.start(containers.docker().host(), arguments.toArray(String[]::new));
    }

    private String run(String suffix, String... options) {
        List<String> all = new ArrayList<>(List.of("--network", network, "-e", "SERVICE_CHECK_INTERVAL=1s"));
        all.addAll(List.of(options));
        return containers.run(suffix, all.toArray(String[]::new));
    }

    /** The service of a container, once its check passes. */
    private JsonObject passing(String name) throws Exception {
        Agent agent = Agent.of(consul);
        Await.until(
                "the check of " + id(name) + " passes",
                SOON,
                () -> agent.checks(id(name)).equals(List.of("passing")));
        return agent.service(id(name));
    }

    private String ipv6(String name) {
        return containers
                .docker()
                .docker(
                        "inspect",
                        "--format",
                        "{{range .NetworkSettings.Networks}}{{.GlobalIPv6Address}}{{end}}",
                        name);
    }

    private static String tagged(JsonObject service, String tag) {
        JsonObject address = service.getAsJsonObject("TaggedAddresses").getAsJsonObject(tag);
        return address.get("Address").getAsString() + " " + address.get("Port").getAsInt();
    }

    private static String id(String name) {
        return NODE + ":" + name + ":8080";
    }

    private static boolean canBindTo(String address) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return socket.isBound();
        }
    }

    private static int random() {
        return ThreadLocalRandom.current().nextInt(0x1000, 0x10000);
    }
}
