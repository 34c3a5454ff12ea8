package io.registrator.it.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** examples/2-haproxy: HAProxy follows Consul's DNS by itself. */
class HaproxyStackIT {
    @Test
    void failsNoRequestWhileTheServiceScalesAndIsReplaced() throws Exception {
        try (Stack stack = Stack.of("web")) {
            String first = stack.web("n0");
            String haproxy = stack.proxy(
                    "haproxy",
                    List.of("2-haproxy/haproxy.cfg"),
                    List.of("-e", "CONSUL_DNS=consul:8600"),
                    "haproxy-from-consul");
            try (LoadClient load = LoadClient.of(stack.address(haproxy, 80))) {
                new Scaling(stack, load, first).to(5).to(2).to(5).replaceAll();

                LoadReport report = load.finish();
                report.print("haproxy", secondTries(stack, haproxy));
                assertThat(report.failed()).as(report.toString()).isEmpty();
            }
        }
    }

    /** Connections tried again, by HAProxy's own statistics. */
    private static int secondTries(Stack stack, String haproxy) throws Exception {
        InetSocketAddress statistics = stack.address(haproxy, 8404);
        URI csv = URI.create("http://" + statistics.getHostString() + ":" + statistics.getPort() + "/;csv");
        try (HttpClient client = HttpClient.newHttpClient()) {
            List<String> lines = client.send(HttpRequest.newBuilder(csv).build(), BodyHandlers.ofString())
                    .body()
                    .lines()
                    .toList();
            int column = Splitter.on(',').splitToList(lines.getFirst()).indexOf("wretr");
            return lines.stream()
                    .filter(line -> line.startsWith("web,BACKEND,"))
                    .mapToInt(line ->
                            Integer.parseInt(Splitter.on(',').splitToList(line).get(column)))
                    .sum();
        }
    }
}
