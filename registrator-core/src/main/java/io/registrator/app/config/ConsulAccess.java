package io.registrator.app.config;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a Consul agent lets us in, by the variables of Consul's own command line client.
 *
 * @param token null for none; goes into no message
 * @param tokenFile null for none; read when it is needed
 * @param caFile a file, or a folder of files; null for the system's own authorities
 * @param clientCert null for none
 * @param clientKey null for none
 * @param tlsServerName null for the host of the address
 * @param verify whether the agent's certificate is checked
 * @param httpAuth user and password for what stands before the agent, with a colon between; null for none; goes into no
 *     message
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
        @Nullable String httpAuth,
        String namespace,
        String partition) {

    /** A certificate of ours, and the variables that name it and its key: Consul's own, or else the predecessor's. */
    private record ClientVariables(String cert, String key) {
        static ClientVariables in(Map<String, String> environment) {
            ClientVariables consuls = new ClientVariables("CONSUL_CLIENT_CERT", "CONSUL_CLIENT_KEY");
            return text(environment, consuls.cert) == null && text(environment, consuls.key) == null
                    ? new ClientVariables("CONSUL_TLSCERT", "CONSUL_TLSKEY")
                    : consuls;
        }
    }

    /**
     * {@code CONSUL_HTTP_TOKEN} and its siblings.
     *
     * @throws ConfigException if they contradict each other
     */
    public static ConsulAccess from(Map<String, String> environment) {
        ClientVariables client = ClientVariables.in(environment);
        Path cert = path(environment, client.cert);
        Path key = path(environment, client.key);
        if ((cert == null) != (key == null)) {
            throw new ConfigException(
                    "A client certificate needs its key: set both " + client.cert + " and " + client.key);
        }
        Path caFile = path(environment, "CONSUL_CACERT");
        return new ConsulAccess(
                text(environment, "CONSUL_HTTP_TOKEN"),
                path(environment, "CONSUL_HTTP_TOKEN_FILE"),
                caFile == null ? path(environment, "CONSUL_CAPATH") : caFile,
                cert,
                key,
                text(environment, "CONSUL_TLS_SERVER_NAME"),
                yes(environment, "CONSUL_HTTP_SSL_VERIFY", true),
                text(environment, "CONSUL_HTTP_AUTH"),
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
                httpAuth,
                otherNamespace == null ? namespace : otherNamespace,
                otherPartition == null ? partition : otherPartition);
    }

    private static boolean yes(Map<String, String> environment, String key, boolean otherwise) {
        String value = text(environment, key);
        return value == null ? otherwise : Switch.parse(key, value);
    }

    private static @Nullable String text(Map<String, String> environment, String key) {
        String value = environment.getOrDefault(key, "");
        return value.isBlank() ? null : value;
    }

    private static @Nullable Path path(Map<String, String> environment, String key) {
        String value = text(environment, key);
        return value == null ? null : Path.of(value);
    }

    /** Without the token and the password. */
    @Override
    public String toString() {
        return "ConsulAccess[token=" + (token == null ? "none" : "set") + ", tokenFile=" + tokenFile + ", caFile="
                + caFile + ", httpAuth=" + (httpAuth == null ? "none" : "set") + ", clientCert=" + clientCert
                + ", verify=" + verify + "]";
    }
}
