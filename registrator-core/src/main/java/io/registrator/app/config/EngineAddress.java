package io.registrator.app.config;

import com.google.common.net.HostAndPort;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where the engine is, by the variables of its own command line client.
 *
 * @param uri {@code unix:///path} or {@code tcp://host:port}
 * @param certPath folder of {@code ca.pem}, {@code cert.pem} and {@code key.pem}; null for no TLS
 */
public record EngineAddress(URI uri, @Nullable Path certPath) {
    private static final String MOUNTED_SOCKET = "unix:///tmp/docker.sock";
    private static final String HOST_SOCKET = "unix:///var/run/docker.sock";
    private static final int PLAIN_PORT = 2375;
    private static final int TLS_PORT = 2376;

    /**
     * {@code DOCKER_HOST}, else {@code /tmp/docker.sock} when it is there (where the predecessor's users mount it), else
     * {@code /var/run/docker.sock}.
     *
     * @param exists whether there is a file of this path
     * @throws ConfigException if {@code DOCKER_HOST} has a form that cannot be used
     */
    public static EngineAddress from(Map<String, String> environment, Predicate<Path> exists) {
        String host = environment.getOrDefault("DOCKER_HOST", "");
        if (host.isBlank()) {
            return new EngineAddress(
                    URI.create(exists.test(Path.of("/tmp/docker.sock")) ? MOUNTED_SOCKET : HOST_SOCKET), null);
        }
        return host.startsWith("unix://") ? socket(host) : tcp(host, environment);
    }

    private static EngineAddress socket(String host) {
        if (!host.startsWith("unix:///")) {
            throw new ConfigException(
                    "No absolute path in DOCKER_HOST '" + Masked.in(host) + "': write unix:///var/run/docker.sock");
        }
        return new EngineAddress(uri(host, host), null);
    }

    /** What is left to complain of: characters that no URI has, and what only looks like an IPv6 address. */
    private static URI uri(String text, String host) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException malformed) {
            throw unusable(host);
        }
    }

    private static ConfigException unusable(String host) {
        return new ConfigException(
                "Cannot use DOCKER_HOST '" + Masked.in(host) + "': write unix:///PATH or tcp://HOST:PORT");
    }

    private static EngineAddress tcp(String host, Map<String, String> environment) {
        boolean tls = !environment.getOrDefault("DOCKER_TLS_VERIFY", "").isEmpty() || host.startsWith("https://");
        HostAndPort address = hostAndPort(host, tls ? TLS_PORT : PLAIN_PORT);
        return new EngineAddress(uri("tcp://" + address, host), tls ? certPath(environment) : null);
    }

    private static Path certPath(Map<String, String> environment) {
        String configured = environment.getOrDefault("DOCKER_CERT_PATH", "");
        return configured.isBlank()
                ? Path.of(environment.getOrDefault("HOME", "/root"), ".docker")
                : Path.of(configured);
    }

    private static HostAndPort hostAndPort(String host, int defaultPort) {
        String authority = host.replaceFirst("^(tcp|http|https)://", "").replaceFirst("/$", "");
        try {
            HostAndPort parsed = HostAndPort.fromString(authority.startsWith(":") ? "127.0.0.1" + authority : authority)
                    .withDefaultPort(defaultPort);
            if (!parsed.getHost().isEmpty() && !RegistryAddress.NOT_IN_HOST.matchesAnyOf(parsed.getHost())) {
                return parsed;
            }
        } catch (IllegalArgumentException malformed) {
            // Told below, with what to write.
        }
        throw unusable(host);
    }
}
