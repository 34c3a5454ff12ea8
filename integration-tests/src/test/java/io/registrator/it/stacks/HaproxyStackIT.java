package io.registrator.it.stacks;

import com.google.common.base.Splitter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Stream;
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
                int secondTries = secondTries(stack, haproxy);
                report.print("haproxy", secondTries);
                report.assertNoneFailed(secondTries);
            }
        }
    }

    /** Connections tried again, with the same server or another, by HAProxy's own statistics. */
    private static int secondTries(Stack stack, String haproxy) throws Exception {
        InetSocketAddress statistics = stack.address(haproxy, 8404);
        URI csv = URI.create("http://" + statistics.getHostString() + ":" + statistics.getPort() + "/;csv");
        try (HttpClient client = HttpClient.newHttpClient()) {
            List<String> lines = client.send(HttpRequest.newBuilder(csv).build(), BodyHandlers.ofString())
                    .body()
                    .lines()
                    .toList();
            List<String> names = Splitter.on(',').splitToList(lines.getFirst());
            List<String> backend = lines.stream()
                    .filter(line -> line.startsWith("web,BACKEND,"))
                    .map(Splitter.on(',')::splitToList)
                    .findFirst()
                    .orElseThrow();
            return Stream.of("wretr", "wredis")
                    .mapToInt(name -> Integer.parseInt(backend.get(names.indexOf(name))))
                    .sum();
        }
    }
}
