package io.registrator.config;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a Consul agent lets us in, by the variables of Consul's own command line client.
 *
 * @param token null for none; goes into no message
 * @param tokenFile null for none; read when it is needed
 * @param caFile null for the system's own authorities
 * @param clientCert null for none
 * @param clientKey null for none
 * @param tlsServerName null for the host of the address
 * @param verify whether the agent's certificate is checked
 * @param namespace of Consul Enterprise; empty for the token's own
 * @param partition of Consul Enterprise; empty for the agent's own
 */
public record ConsulAccess(
        @Nullable String token,
        @Nullable Path tokenFile,
        @Nullable Path caFile,
        @Nullable Path clientCert,
        @Nullable Path clientKey,
        @Nullable String tlsServerName,
        boolean verify,
        String namespace,
        String partition) {

    public ConsulAccess {
        if ((clientCert == null) != (clientKey == null)) {
            throw new ConfigException(
                    "A client certificate needs its key: set both CONSUL_CLIENT_CERT and CONSUL_CLIENT_KEY");
        }
    }

    /**
     * {@code CONSUL_HTTP_TOKEN} and its siblings.
     *
     * @throws ConfigException if they contradict each other
     */
    public static ConsulAccess from(Map<String, String> environment) {
        return new ConsulAccess(
                text(environment, "CONSUL_HTTP_TOKEN"),
                path(environment, "CONSUL_HTTP_TOKEN_FILE"),
                path(environment, "CONSUL_CACERT"),
                path(environment, "CONSUL_CLIENT_CERT"),
                path(environment, "CONSUL_CLIENT_KEY"),
                text(environment, "CONSUL_TLS_SERVER_NAME"),
                Switch.parse("CONSUL_HTTP_SSL_VERIFY", environment.getOrDefault("CONSUL_HTTP_SSL_VERIFY", "true")),
                environment.getOrDefault("CONSUL_NAMESPACE", ""),
                environment.getOrDefault("CONSUL_PARTITION", ""));
    }

    /** The same in this namespace and partition; null leaves one as it is. */
    public ConsulAccess in(@Nullable String otherNamespace, @Nullable String otherPartition) {
        return new ConsulAccess(
                token,
                tokenFile,
                caFile,
                clientCert,
                clientKey,
                tlsServerName,
                verify,
                otherNamespace == null ? namespace : otherNamespace,
                otherPartition == null ? partition : otherPartition);
    }

    private static @Nullable String text(Map<String, String> environment, String key) {
        String value = environment.getOrDefault(key, "");
        return value.isBlank() ? null : value;
    }

    private static @Nullable Path path(Map<String, String> environment, String key) {
        String value = text(environment, key);
        return value == null ? null : Path.of(value);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "ConsulAccess[token=" + (token == null ? "none" : "set") + ", tokenFile=" + tokenFile + ", caFile="
                + caFile + ", clientCert=" + clientCert + ", verify=" + verify + "]";
    }
}
