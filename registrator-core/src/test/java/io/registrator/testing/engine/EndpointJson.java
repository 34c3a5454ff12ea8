package io.registrator.testing.engine;

import java.util.HexFormat;
import java.util.List;

/** A container's place in its network, as inspect and listing show it. */
final class EndpointJson {
    private static final String NOTHING = "";
    private static final int LAST_BYTE = 250;

    private final ApiVersion version;

    EndpointJson(ApiVersion version) {
        this.version = version;
    }

    /** {@code NetworkSettings.Networks} of an inspect, with the names that it has in a network of users. */
    String networks(SimulatedContainer container) {
        return networks(container, hasNames(container));
    }

    /** The same of a row of the listing. */
    String rowNetworks(SimulatedContainer container) {
        return networks(container, false);
    }

    private String networks(SimulatedContainer container, boolean named) {
        String network = container.network();
        return network.isEmpty() ? "{}" : "{" + Json.text(network) + ":" + endpoint(container, named) + "}";
    }

    static String address(SimulatedContainer container) {
        int number = container.number();
        return isAttached(container) ? "172.17." + number / LAST_BYTE % 256 + "." + (2 + number % LAST_BYTE) : NOTHING;
    }

    static String gateway(SimulatedContainer container) {
        return isAttached(container) ? "172.17.0.1" : NOTHING;
    }

    static int prefixLength(SimulatedContainer container) {
        return isAttached(container) ? 16 : 0;
    }

    static String mac(SimulatedContainer container) {
        return isAttached(container)
                ? "02:42:ac:11:%02x:%02x"
                        .formatted(container.number() / LAST_BYTE % 256, 2 + container.number() % LAST_BYTE)
                : NOTHING;
    }

    static String endpointId(SimulatedContainer container) {
        return container.state().isAlive() ? mirrored(container.id()) : NOTHING;
    }

    static String networkId(String network) {
        return switch (network) {
            case "bridge" -> "990bb0ad35ddb32ec10fae4f120a91de52f28cb1bd2cfcb5334ebbd77d065f5e";
            case "host" -> "15dfa01aff53abd3b2989132c96619be7b3a7a6ac43db176c88eb35ae06ecef0";
            case "none" -> "3fb6bdc21670dcc70505d7167a68b1e10877b3c37aa670a0299801f1188296ed";
            default -> HexFormat.of().toHexDigits(network.hashCode()).repeat(8);
        };
    }

    private static boolean isAttached(SimulatedContainer container) {
        return container.state().isAlive()
                && !container.network().isEmpty()
                && !container.network().equals("host")
                && !container.network().equals("none");
    }

    private static boolean hasNames(SimulatedContainer container) {
        return isAttached(container) && !container.network().equals("bridge");
    }

    private String endpoint(SimulatedContainer container, boolean named) {
        String shortId = container.id().substring(0, 12);
        String names = named ? Json.texts(List.of(container.name(), shortId)) : "null";
        String aliases = named && version == ApiVersion.V1_41 ? Json.texts(List.of(shortId)) : "null";
        String mac = "\"MacAddress\":" + Json.text(mac(container));
        String asked = "{\"IPAMConfig\":null,\"Links\":null,\"Aliases\":" + aliases;
        String after = ",\"DNSNames\":" + names + "}";
        return switch (version) {
            case V1_41 -> asked + "," + place(container) + "," + rest(container) + "," + mac + ",\"DriverOpts\":null}";
            case V1_44 ->
                asked + "," + mac + ",\"DriverOpts\":null," + place(container) + "," + rest(container) + after;
            case V1_52 ->
                asked + ",\"DriverOpts\":null,\"GwPriority\":0," + place(container) + "," + mac + "," + rest(container)
                        + after;
        };
    }

    private static String place(SimulatedContainer container) {
        boolean never = container.state() == SimulatedContainer.State.CREATED;
        return "\"NetworkID\":%s,\"EndpointID\":%s,\"Gateway\":%s,\"IPAddress\":%s"
                .formatted(
                        Json.text(never ? "" : networkId(container.network())),
                        Json.text(endpointId(container)),
                        Json.text(gateway(container)),
                        Json.text(address(container)));
    }

    private static String rest(SimulatedContainer container) {
        return "\"IPPrefixLen\":%d,\"IPv6Gateway\":\"\",\"GlobalIPv6Address\":\"\",\"GlobalIPv6PrefixLen\":0"
                .formatted(prefixLength(container));
    }

    private static String mirrored(String id) {
        return new StringBuilder(id).reverse().toString();
    }
}
