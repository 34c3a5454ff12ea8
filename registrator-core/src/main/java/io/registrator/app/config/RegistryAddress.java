package io.registrator.app.config;

import com.google.common.base.CharMatcher;
import com.google.common.net.HostAndPort;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where services are registered: the registry URI of the command line. */
public sealed interface RegistryAddress {
    int CONSUL_PORT = 8500;
    int CONSUL_TLS_PORT = 8501;

    /** The forms that {@link #parse} takes, for messages. */
    String FORMS =
            "consul://HOST:PORT, consul-tls://HOST:PORT, consul-unix:///PATH, consulkv://HOST:PORT/PREFIX or memory:";

    /** Those of them that name a key-value store. */
    String KV_FORMS = "consulkv://HOST:PORT/PREFIX, consulkv-tls://HOST:PORT/PREFIX or consulkv-unix:///PATH:/PREFIX";

    /** What makes a path, or a user and password, out of what should be a host. */
    CharMatcher NOT_IN_HOST = CharMatcher.anyOf("/@?#");

    /** A Consul agent over TCP, with or without TLS. */
    record Consul(HostAndPort address, boolean tls) implements RegistryAddress {
        @Override
        public String toString() {
            return (tls ? "consul-tls://" : "consul://") + address;
        }
    }

    /** A Consul agent over a unix socket. */
    record ConsulUnix(Path socket) implements RegistryAddress {
        @Override
        public String toString() {
            return "consul-unix://" + socket;
        }
    }

    /**
     * The key-value store of a Consul agent.
     *
     * @param agent a {@link Consul} or a {@link ConsulUnix}
     * @param prefix of the keys, without slashes around it
     */
    record ConsulKv(RegistryAddress agent, String prefix, Format format) implements RegistryAddress {
        @Override
        public String toString() {
            return agent.toString().replaceFirst("consul", "consulkv")
                    + (agent instanceof ConsulUnix ? ":/" : "/")
                    + prefix
                    + (format == Format.UPSYNC ? "?format=upsync" : "");
        }
    }

    /** What the values of a key-value store look like. */
    enum Format {
        /** {@code ip:port}. */
        PLAIN,
        /** The JSON that nginx-upsync-module reads. */
        UPSYNC
    }

    /** No registry at all: what would be registered is kept in memory and logged. */
    record Memory() implements RegistryAddress {
        @Override
        public String toString() {
            return "memory:";
        }
    }

    /**
     * The registry that is asked for, with what Consul's own variables add: {@code CONSUL_HTTP_ADDR} where the URI names no
     * host, or there is none, and {@code CONSUL_HTTP_SSL}.
     *
     * @param uri null where none is given
     * @throws ConfigException if it is none that we know, or a variable makes no sense
     */
    static RegistryAddress from(Map<String, String> environment, @Nullable String uri) {
        RegistryAddress address = parse(uri == null ? "consul:" : uri, environment.get("CONSUL_HTTP_ADDR"));
        String ssl = environment.getOrDefault("CONSUL_HTTP_SSL", "");
        return !ssl.isBlank() && Switch.parse("CONSUL_HTTP_SSL", ssl) ? overTls(address) : address;
    }

    /** The same host and port; a unix socket is spoken to without TLS. */
    private static RegistryAddress overTls(RegistryAddress address) {
        return switch (address) {
            case Consul(HostAndPort host, boolean _) -> new Consul(host, true);
            case ConsulKv(RegistryAddress agent, String prefix, Format format) ->
                new ConsulKv(overTls(agent), prefix, format);
            case ConsulUnix unix -> unix;
            case Memory memory -> memory;
        };
    }

    /**
     * Reads a registry URI.
     *
     * @param consulHttpAddr Consul's own {@code CONSUL_HTTP_ADDR}, which stands in for a host that the URI leaves out;
     *     null when it is not set
     * @throws ConfigException if it is none that we know
     */
    static RegistryAddress parse(String uri, @Nullable String consulHttpAddr) {
        int colon = uri.indexOf(':');
        String scheme = colon < 0 ? "" : uri.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = uri.substring(colon + 1);
        String authority = rest.startsWith("//") ? rest.substring(2) : rest;
        return switch (scheme) {
            case "consul" -> consul(uri, authority, consulHttpAddr);
            case "consul-tls" -> new Consul(hostAndPort(uri, authority, CONSUL_TLS_PORT), true);
            case "consul-unix" -> new ConsulUnix(socket(uri, authority));
            case "consulkv", "consulkv-tls" -> keyValue(uri, scheme, authority, consulHttpAddr);
            case "consulkv-unix" -> keyValueUnix(uri, authority);
            case "memory" -> new Memory();
            default -> throw new ConfigException("Unknown registry '" + Masked.in(uri) + "': write " + FORMS);
        };
    }

    private static RegistryAddress keyValue(
            String uri, String scheme, String authority, @Nullable String consulHttpAddr) {
        int slash = authority.indexOf('/');
        String host = slash < 0 ? authority : authority.substring(0, slash);
        RegistryAddress agent = scheme.equals("consulkv-tls")
                ? new Consul(hostAndPort(uri, host, CONSUL_TLS_PORT), true)
                : consul(uri, host, consulHttpAddr);
        return KeyValueAddress.of(uri, agent, slash < 0 ? "" : authority.substring(slash));
    }

    /** The prefix follows a colon, since the socket's path has slashes too. */
    private static RegistryAddress keyValueUnix(String uri, String authority) {
        int colon = authority.lastIndexOf(":/");
        String path = colon < 0 ? authority : authority.substring(0, colon);
        return KeyValueAddress.of(
                uri, new ConsulUnix(socket(uri, path)), colon < 0 ? "" : authority.substring(colon + 1));
    }

    private static RegistryAddress consul(String uri, String authority, @Nullable String consulHttpAddr) {
        if (!authority.isEmpty() || consulHttpAddr == null || consulHttpAddr.isBlank()) {
            return new Consul(hostAndPort(uri, authority, CONSUL_PORT), false);
        }
        if (consulHttpAddr.startsWith("unix://")) {
            return new ConsulUnix(socket(consulHttpAddr, consulHttpAddr.substring("unix://".length())));
        }
        String said = "CONSUL_HTTP_ADDR=" + consulHttpAddr;
        boolean tls = consulHttpAddr.startsWith("https://");
        String plain = consulHttpAddr.replaceFirst("^https?://", "");
        return new Consul(hostAndPort(said, plain, tls ? CONSUL_TLS_PORT : CONSUL_PORT), tls);
    }

    private static Path socket(String uri, String path) {
        if (!path.startsWith("/")) {
            throw new ConfigException("No absolute path in '" + Masked.in(uri)
                    + "': write consul-unix:///PATH, such as consul-unix:///run/consul.sock");
        }
        try {
            return Path.of(path);
        } catch (InvalidPathException malformed) {
            throw new ConfigException("Cannot use the path in '" + Masked.in(uri) + "': write another");
        }
    }

    private static HostAndPort hostAndPort(String uri, String authority, int defaultPort) {
        String plain = authority.endsWith("/") ? authority.substring(0, authority.length() - 1) : authority;
        boolean isHere = plain.isEmpty() || plain.startsWith(":") && !plain.startsWith("::");
        try {
            HostAndPort parsed = HostAndPort.fromString(isHere ? "127.0.0.1" + plain : plain)
                    .withDefaultPort(defaultPort)
                    .requireBracketsForIPv6();
            if (parsed.getHost().isEmpty() || NOT_IN_HOST.matchesAnyOf(parsed.getHost()) || parsed.getPort() == 0) {
                throw new ConfigException(noHostAndPort(uri));
            }
            return parsed;
        } catch (IllegalArgumentException malformed) {
            throw new ConfigException(noHostAndPort(uri));
        }
    }

    private static String noHostAndPort(String uri) {
        return "No host and port, or more than these, in '" + Masked.in(uri) + "': write " + FORMS;
    }
}
