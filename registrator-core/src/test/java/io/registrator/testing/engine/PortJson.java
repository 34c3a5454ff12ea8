package io.registrator.testing.engine;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A container's ports, in the four ways in which the engine shows them. */
final class PortJson {
    private static final List<String> ANYWHERE = List.of("0.0.0.0", "::");

    private PortJson() {}

    /** {@code Config.ExposedPorts}. */
    static String exposed(ContainerSpec spec) {
        return spec.ports().isEmpty() ? Template.OMITTED : Json.object(spec.ports(), hostPort -> "{}");
    }

    /** {@code HostConfig.PortBindings}: what was asked for. */
    static String asked(ContainerSpec spec) {
        SortedMap<String, Integer> published = new TreeMap<>(spec.ports());
        published.values().removeIf(hostPort -> hostPort == 0);
        return Json.object(published, hostPort -> "[" + binding("", hostPort) + "]");
    }

    /** {@code NetworkSettings.Ports}: what is so, while it runs in a network of its own. */
    static String bound(SimulatedContainer container) {
        return Json.object(
                shown(container),
                hostPort -> hostPort == 0 ? "null" : Json.array(ANYWHERE, address -> binding(address, hostPort)));
    }

    /** {@code Ports} of a row of the listing. */
    static String rows(SimulatedContainer container) {
        return Json.array(
                shown(container).entrySet().stream().flatMap(PortJson::rows).toList(), row -> row);
    }

    private static SortedMap<String, Integer> shown(SimulatedContainer container) {
        boolean own = !container.network().isEmpty() && !container.network().equals("host");
        return own && container.state().isAlive() ? container.spec().ports() : new TreeMap<>();
    }

    private static Stream<String> rows(Map.Entry<String, Integer> port) {
        int slash = port.getKey().indexOf('/');
        String what = "\"PrivatePort\":%s,%%s\"Type\":%s"
                .formatted(
                        port.getKey().substring(0, slash),
                        Json.text(port.getKey().substring(slash + 1)));
        if (port.getValue() == 0) {
            return Stream.of("{" + what.formatted("") + "}");
        }
        String published = what.formatted("\"PublicPort\":" + port.getValue() + ",");
        return ANYWHERE.stream().map(address -> "{\"IP\":" + Json.text(address) + "," + published + "}");
    }

    private static String binding(String address, int hostPort) {
        return "{\"HostIp\":%s,\"HostPort\":\"%d\"}".formatted(Json.text(address), hostPort);
    }
}
