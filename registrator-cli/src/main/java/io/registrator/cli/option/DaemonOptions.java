package io.registrator.cli.option;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import io.registrator.app.config.ConfigException;
import io.registrator.app.config.ConsulAccess;
import io.registrator.app.config.DaemonConfig;
import io.registrator.app.config.EngineAddress;
import io.registrator.app.config.RegistryAddress;
import io.registrator.app.config.SupervisionSettings;
import io.registrator.cli.output.LogFormat;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** All options of the daemon, as given so far; each parser of a command line fills one of its own. */
public final class DaemonOptions {
    private final ServiceOptions services = new ServiceOptions();
    private final LifecycleOptions lifecycle = new LifecycleOptions();
    private final RemovalOptions removal = new RemovalOptions();
    private final PeerOptions peers = new PeerOptions();
    private final TtlOptions ttl = new TtlOptions();
    private final OutputOptions output = new OutputOptions();
    private final ImmutableList<OptionSection> sections = ImmutableList.of(
            services.section(),
            lifecycle.section(),
            removal.section(),
            peers.section(),
            ttl.section(),
            output.section());

    /** In the order in which help shows them. */
    public ImmutableList<OptionSection> sections() {
        return sections;
    }

    public ImmutableList<DaemonOption> all() {
        return sections.stream().flatMap(section -> section.options().stream()).collect(toImmutableList());
    }

    public Level logLevel() {
        return output.logLevel;
    }

    public LogFormat logFormat() {
        return output.logFormat;
    }

    /**
     * What options and environment ask for.
     *
     * @param registry the registry's URI; null for the usual one
     * @throws ConfigException when a value makes no sense
     */
    public DaemonConfig config(Map<String, String> environment, @Nullable String registry) {
        try {
            return new DaemonConfig(
                    EngineAddress.from(environment, Files::exists),
                    RegistryAddress.from(environment, registry),
                    ConsulAccess.from(environment).in(peers.namespace, peers.partition),
                    services.nodeId,
                    services.rules(),
                    lifecycle.lifecycles(),
                    ttl.heartbeat(),
                    new DaemonConfig.Startup(peers.retryAttempts, Duration.ofMillis(peers.retryInterval)),
                    Duration.ofSeconds(peers.resync),
                    removal.deregister(),
                    removal.cleanup,
                    removal.deregisterOnExit,
                    output.admin(),
                    SupervisionSettings.from(output.healthFile(), environment));
        } catch (IllegalArgumentException unusable) {
            throw new ConfigException("Cannot start: " + unusable.getMessage());
        }
    }
}
