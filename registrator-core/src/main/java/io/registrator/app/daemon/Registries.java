package io.registrator.app.daemon;

import io.registrator.app.config.ConfigException;
import io.registrator.app.config.ConsulAccess;
import io.registrator.app.config.RegistryAddress;
import io.registrator.model.Outcome;
import io.registrator.model.Secret;
import io.registrator.net.http.HttpEndpoint;
import io.registrator.net.http.TlsSettings;
import io.registrator.reconcile.ServiceRegistry;
import io.registrator.registry.consul.ConsulAgent;
import io.registrator.registry.consul.ConsulQuestions;
import io.registrator.registry.consul.ConsulRegistry;
import io.registrator.registry.consul.ConsulSettings;
import io.registrator.registry.consul.KvFormat;
import io.registrator.registry.consul.KvRegistry;
import io.registrator.registry.consul.KvSettings;
import io.registrator.registry.consul.Tenancy;
import io.registrator.registry.consul.TokenSource;
import io.registrator.registry.memory.InMemoryRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the registry that an address names. */
final class Registries {
    private static final Logger LOG = LoggerFactory.getLogger(Registries.class);

    private Registries() {}

    /**
     * An opened registry.
     *
     * @param advertisedAddress asks the agent for the address that it tells its cluster; null where there is no agent
     * @param consul for what people want to know of the agent; null where there is none
     */
    record Opened(
            ServiceRegistry services,
            @Nullable Supplier<Outcome<String>> advertisedAddress,
            @Nullable ConsulQuestions consul) {}

    /** @throws ConfigException when a file that the access names cannot be used */
    static Opened open(RegistryAddress address, ConsulAccess access) {
        try {
            return switch (address) {
                case RegistryAddress.Consul consul -> opened(ConsulRegistry.open(settings(consul, access)));
                case RegistryAddress.ConsulUnix unix -> opened(ConsulRegistry.open(settings(unix, access)));
                case RegistryAddress.ConsulKv kv -> opened(kv, KvRegistry.open(settings(kv, access)));
                case RegistryAddress.Memory memory -> new Opened(new InMemoryRegistry(), null, null);
            };
        } catch (IOException unusable) {
            throw new ConfigException("Cannot use the TLS files for Consul: " + unusable.getMessage());
        }
    }

    private static Opened opened(ConsulRegistry registry) {
        return new Opened(registry, () -> address(registry.agent()), registry.questions());
    }

    private static Opened opened(RegistryAddress.ConsulKv address, KvRegistry registry) {
        LOG.info("{} shows readers where services are; it keeps no checks and no tags", address);
        return new Opened(registry, registry::advertisedAddress, registry.questions());
    }

    private static KvSettings settings(RegistryAddress.ConsulKv kv, ConsulAccess access) {
        KvFormat format = switch (kv.format()) {
            case PLAIN -> KvFormat.PLAIN;
            case UPSYNC -> KvFormat.UPSYNC;
        };
        return new KvSettings(settings(kv.agent(), access), kv.prefix(), format);
    }

    private static ConsulSettings settings(RegistryAddress agent, ConsulAccess access) {
        HttpEndpoint endpoint = switch (agent) {
            case RegistryAddress.Consul consul -> new HttpEndpoint.Tcp(consul.address(), consul.tls());
            case RegistryAddress.ConsulUnix unix -> new HttpEndpoint.Unix(unix.socket());
            case RegistryAddress.ConsulKv kv -> throw new IllegalArgumentException("no agent: " + kv);
            case RegistryAddress.Memory memory -> throw new IllegalArgumentException("no agent: " + memory);
        };
        TlsSettings tls = new TlsSettings(
                access.caFile(), access.clientCert(), access.clientKey(), access.tlsServerName(), access.verify());
        return new ConsulSettings(
                endpoint,
                tls,
                tokens(access),
                new Tenancy(access.namespace(), access.partition()),
                ConsulSettings.DEFAULT_DEADLINE,
                ConsulSettings.DEFAULT_CONNECTIONS,
                access.httpAuth() == null ? null : new Secret(login(access.httpAuth())));
    }

    /** A user alone has an empty password. */
    private static String login(String httpAuth) {
        return httpAuth.contains(":") ? httpAuth : httpAuth + ":";
    }

    private static TokenSource tokens(ConsulAccess access) {
        Path file = access.tokenFile();
        String token = access.token() == null ? "" : access.token();
        return file == null ? () -> token : new TokenFile(file);
    }

    private static Outcome<String> address(Outcome<ConsulAgent> agent) {
        return switch (agent) {
            case Outcome.Success<ConsulAgent>(ConsulAgent found) -> Outcome.success(found.address());
            case Outcome.Failed<ConsulAgent>(var why) -> Outcome.failed(why);
        };
    }
}
