package io.registrator.daemon;

import io.registrator.config.ConfigException;
import io.registrator.config.ConsulAccess;
import io.registrator.config.RegistryAddress;
import io.registrator.consul.ConsulAgent;
import io.registrator.consul.ConsulRegistry;
import io.registrator.consul.ConsulSettings;
import io.registrator.consul.Tenancy;
import io.registrator.consul.TokenSource;
import io.registrator.http.HttpEndpoint;
import io.registrator.http.TlsSettings;
import io.registrator.memory.InMemoryRegistry;
import io.registrator.model.Outcome;
import io.registrator.reconcile.ServiceRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Opens the registry that an address names. */
final class Registries {
    private Registries() {}

    /**
     * An opened registry.
     *
     * @param advertisedAddress asks the agent for the address that it tells its cluster; empty where it tells none
     */
    record Opened(ServiceRegistry services, Supplier<Optional<String>> advertisedAddress) {}

    static Opened open(RegistryAddress address, ConsulAccess access) {
        return switch (address) {
            case RegistryAddress.Consul consul -> consul(new HttpEndpoint.Tcp(consul.address(), consul.tls()), access);
            case RegistryAddress.ConsulUnix unix -> consul(new HttpEndpoint.Unix(unix.socket()), access);
            case RegistryAddress.Memory memory -> new Opened(new InMemoryRegistry(), Optional::empty);
        };
    }

    private static Opened consul(HttpEndpoint endpoint, ConsulAccess access) {
        TlsSettings tls = new TlsSettings(
                access.caFile(), access.clientCert(), access.clientKey(), access.tlsServerName(), access.verify());
        ConsulSettings settings = new ConsulSettings(
                endpoint,
                tls,
                tokens(access),
                new Tenancy(access.namespace(), access.partition()),
                ConsulSettings.DEFAULT_DEADLINE,
                ConsulSettings.DEFAULT_CONNECTIONS);
        try {
            ConsulRegistry registry = ConsulRegistry.open(settings);
            return new Opened(registry, () -> advertised(registry));
        } catch (IOException unusable) {
            throw new ConfigException("Cannot use the TLS files for Consul: " + unusable.getMessage());
        }
    }

    private static TokenSource tokens(ConsulAccess access) {
        Path file = access.tokenFile();
        String token = access.token() == null ? "" : access.token();
        return file == null ? () -> token : new TokenFile(file);
    }

    private static Optional<String> advertised(ConsulRegistry registry) {
        return registry.agent() instanceof Outcome.Success<ConsulAgent>(ConsulAgent agent)
                ? Optional.of(agent.address())
                : Optional.empty();
    }
}
