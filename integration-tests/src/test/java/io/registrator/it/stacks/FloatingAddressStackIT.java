package io.registrator.it.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Sets;
import com.google.common.net.InetAddresses;
import io.registrator.testing.Command;
import io.registrator.testing.DockerCli;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** examples/4-keepalived: two nginx share a floating address, and the one that has it freezes and dies. */
class FloatingAddressStackIT {
    @Test
    void onlyRequestsInFlightOnTheKilledMasterFail() throws Exception {
        try (Stack stack = Stack.of("web")) {
            String address = floatingAddress(stack);
            String first = stack.web("n0");
            String master = nginx(stack, "master", address, 110);
            String standby = nginx(stack, "standby", address, 100);
            try (LoadClient load = LoadClient.of(new InetSocketAddress(address, 80))) {
                load.awaitBackends(master, Set.of(first));
                Scaling scaling = new Scaling(stack, load, first).to(3);

                stack.docker().docker("pause", master);
                load.awaitBackends(standby, scaling.running());
                scaling.to(5);
                Set<Integer> inFlight = ConnectionsOf.container(stack.docker(), master, 80);
                killAtOnce(stack.docker(), master);
                scaling.to(2);
                scaling.to(4);
                load.awaitBackends(standby, scaling.running());

                LoadReport report = load.finish();
                report.print(
                        "keepalived, " + inFlight.size() + " requests in flight on the killed master",
                        stack.secondTries(standby));
                Set<Integer> failed =
                        report.failed().stream().map(Answer::localPort).collect(Collectors.toSet());
                assertThat(Sets.difference(failed, inFlight))
                        .as(report.toString())
                        .isEmpty();
                assertThat(failed).as("the master was killed at work").isNotEmpty();
            }
        }
    }

    /**
     * All processes of a paused container, as a machine dies. The engine's own `kill` thaws the others after the first: for
     * an instant keepalived would claim the address again.
     */
    private static void killAtOnce(DockerCli docker, String container) throws IOException, InterruptedException {
        List<String> kill = new ArrayList<>(List.of("kill", "-KILL"));
        docker.docker("top", container, "-o", "pid")
                .lines()
                .skip(1)
                .map(String::strip)
                .forEach(kill::add);
        Command.of(kill).output();
        docker.remove(container);
    }

    private static String nginx(Stack stack, String suffix, String address, int priority) {
        return stack.proxy(
                suffix,
                List.of("nginx/nginx.conf", "4-keepalived/keepalived.conf"),
                List.of("--cap-add", "NET_ADMIN", "-e", "ADDRESS=" + address, "-e", "PRIORITY=" + priority),
                "nginx-from-consul");
    }

    /** One near the end of the network's range, which the engine hands out from the beginning. */
    private static String floatingAddress(Stack stack) {
        String range = stack.docker()
                .docker("network", "inspect", "--format", "{{(index .IPAM.Config 0).Subnet}}", stack.network());
        String[] parts = range.split("/", 2);
        int network = InetAddresses.coerceToInteger((Inet4Address) InetAddresses.forString(parts[0]));
        int size = 1 << (32 - Integer.parseInt(parts[1]));
        return InetAddresses.fromInteger(network + size - 6).getHostAddress();
    }
}
