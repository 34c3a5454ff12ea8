package io.registrator.config;

import com.google.common.net.HostAndPort;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where the engine is, by the variables of its own command line client.
 *
 * @param uri {@code unix:///path} or {@code tcp://host:port}
 * @param certPath folder of {@code ca.pem}, {@code cert.pem} and {@code key.pem}; null for no TLS
 * @param verify whether the engine's certificate is checked
 */
public record EngineAddress(String uri, @Nullable Path certPath, boolean verify) {
    private static final Path MOUNTED_SOCKET = Path.of("/tmp/docker.sock");
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
            return new EngineAddress(exists.test(MOUNTED_SOCKET) ? "unix://" + MOUNTED_SOCKET : HOST_SOCKET, null, true);
        }
        return host.startsWith("unix://") ? socket(host) : tcp(host, environment);
    }

    private static EngineAddress socket(String host) {
        if (!host.startsWith("unix:///")) {
            throw new ConfigException("No absolute path in DOCKER_HOST '" + host + "': write unix:///var/run/docker.sock");
        }
        return new EngineAddress(host, null, true);
    }

    private static EngineAddress tcp(String host, Map<String, String> environment) {
        boolean verify = !environment.getOrDefault("DOCKER_TLS_VERIFY", "").isEmpty();
        boolean tls = verify || host.startsWith("https://") || "1".equals(environment.get("DOCKER_TLS"));
        Path certPath = tls ? certPath(environment) : null;
        return new EngineAddress("tcp://" + hostAndPort(host, tls ? TLS_PORT : PLAIN_PORT), certPath, verify);
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
            HostAndPort parsed = HostAndPort.fromString(authority).withDefaultPort(defaultPort);
            if (!parsed.getHost().isEmpty() && !parsed.getHost().contains("/")) {
                return parsed;
            }
        } catch (IllegalArgumentException malformed) {
            // Told below, with what to write.
        }
        throw new ConfigException("Cannot use DOCKER_HOST '" + host + "': write unix:///PATH or tcp://HOST:PORT");
    }
}
