package io.registrator.engine.docker;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.net.InetAddresses;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the engine is and how long to wait for it. Nothing else is consulted: no environment, no file in the home folder,
 * no docker context.
 *
 * @param host {@code unix:///path} or {@code tcp://host:port}
 * @param certPath the folder with {@code ca.pem} and, for an engine that asks for them, {@code cert.pem} and {@code
 *     key.pem}; null for no TLS; ignored on unix sockets
 * @param apiVersion such as {@code 1.41}; null for the engine's newest
 * @param connectTimeout for opening a TCP connection and its TLS handshake
 * @param listDeadline for a whole listing, and for opening the event stream
 * @param inspectDeadline for a whole inspect, and for the questions about the engine itself
 */
public record DockerSettings(
        URI host,
        @Nullable Path certPath,
        @Nullable String apiVersion,
        Duration connectTimeout,
        Duration listDeadline,
        Duration inspectDeadline) {

    /** Where an engine listens unless told otherwise. */
    public static final URI DEFAULT_HOST = URI.create("unix:///var/run/docker.sock");

    public DockerSettings {
        checkHost(host);
        checkArgument(apiVersion == null || apiVersion.matches("\\d+\\.\\d+"), "not an API version: %s", apiVersion);
        checkArgument(connectTimeout.isPositive(), "the connect timeout is positive: %s", connectTimeout);
        checkArgument(listDeadline.isPositive(), "the list deadline is positive: %s", listDeadline);
        checkArgument(inspectDeadline.isPositive(), "the inspect deadline is positive: %s", inspectDeadline);
    }

    /** The usual deadlines, without TLS, in the engine's newest API. */
    public static DockerSettings of(URI host) {
        return new DockerSettings(
                host, null, null, Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(10));
    }

    /** The same with TLS. */
    public DockerSettings withCertPath(Path folder) {
        return new DockerSettings(host, folder, apiVersion, connectTimeout, listDeadline, inspectDeadline);
    }

    /** The same in one version of the API; an engine older than that refuses every call. */
    public DockerSettings withApiVersion(String version) {
        return new DockerSettings(host, certPath, version, connectTimeout, listDeadline, inspectDeadline);
    }

    /** The same with other deadlines. */
    public DockerSettings withDeadlines(Duration list, Duration inspect) {
        return new DockerSettings(host, certPath, apiVersion, connectTimeout, list, inspect);
    }

    /** Whether the engine runs on this machine, as far as its URI tells. */
    public boolean isLocal() {
        return isUnix() || isLoopback(host.getHost());
    }

    boolean isUnix() {
        return host.getScheme().equals("unix");
    }

    Path socket() {
        return Path.of(host.getPath());
    }

    private static boolean isLoopback(String name) {
        return name.equals("localhost")
                || (InetAddresses.isUriInetAddress(name)
                        && InetAddresses.forUriString(name).isLoopbackAddress());
    }

    private static void checkHost(URI host) {
        var unix = "unix".equals(host.getScheme()) && host.getHost() == null && isAbsolute(host.getPath());
        var tcp = "tcp".equals(host.getScheme()) && host.getHost() != null && host.getPort() > 0;
        checkArgument(unix || tcp, "not unix:///path or tcp://host:port: %s", host);
    }

    private static boolean isAbsolute(@Nullable String path) {
        return path != null && path.startsWith("/") && path.length() > 1;
    }
}
