package io.registrator.cli.command;

import io.registrator.cli.output.LogFormat;
import io.registrator.cli.output.Logging;
import io.registrator.config.AdminAddress;
import io.registrator.config.ConsulAccess;
import io.registrator.config.DaemonConfig;
import io.registrator.config.EngineAddress;
import io.registrator.config.RegistryAddress;
import io.registrator.config.SupervisionSettings;
import io.registrator.daemon.Daemon;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code registrator [options] [registry-uri]}: runs the daemon until it is told to stop. */
@Command(
        name = "registrator",
        versionProvider = Version.class,
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = {"registrator [options] [registry-uri]", "       registrator COMMAND [options] [registry-uri]"
        },
        commandListHeading = "%nCommands, which take all of the options above too:%n",
        subcommands = {
            RunCommand.class,
            ExplainCommand.class,
            PlanCommand.class,
            DoctorCommand.class,
            ListCommand.class,
            PurgeCommand.class,
            GenerateCommand.class,
        },
        description = {
            "",
            "Registers the containers of a Docker host in Consul and keeps the two equal.",
        },
        parameterListHeading = "%n",
        optionListHeading = "%n",
        footerHeading = "%nEvery option can be written with one dash or two, and be given by a variable:%n",
        footer = {
            "  --retry-interval is REGISTRATOR_RETRY_INTERVAL. The command line wins.",
            "  DOCKER_HOST, DOCKER_TLS_VERIFY and DOCKER_CERT_PATH say where the engine is,",
            "  CONSUL_HTTP_TOKEN, CONSUL_HTTP_TOKEN_FILE, CONSUL_CACERT, CONSUL_CLIENT_CERT,",
            "  CONSUL_CLIENT_KEY and CONSUL_TLS_SERVER_NAME how Consul lets us in.",
        })
public final class RegistratorCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RegistratorCommand.class);

    private final Map<String, String> environment;

    @Spec
    @SuppressWarnings("NullAway.Init") // The parser sets it.
    CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "registry-uri",
            description =
                    "consul://HOST:PORT, consul-tls://HOST:PORT, consul-unix:///PATH,"
                            + " consulkv://HOST:PORT/PREFIX, or memory: to try it without a registry. Default: consul://127.0.0.1:8500.")
    @Nullable
    String registry;

    @Mixin(name = "Services")
    ServiceOptions services = new ServiceOptions();

    @Mixin(name = "Discovery")
    LifecycleOptions lifecycle = new LifecycleOptions();

    @Mixin(name = "Removal")
    RemovalOptions removal = new RemovalOptions();

    @Mixin(name = "Engine and registry")
    PeerOptions peers = new PeerOptions();

    @Mixin(name = "Time to live")
    TtlOptions ttl = new TtlOptions();

    @Mixin(name = "Output")
    OutputOptions output = new OutputOptions();

    private final Confirmation confirmation;

    /** @param confirmation asks before something cannot be undone */
    public RegistratorCommand(Map<String, String> environment, Confirmation confirmation) {
        this.environment = Map.copyOf(environment);
        this.confirmation = confirmation;
    }

    @Override
    public Integer call() throws InterruptedException {
        return run(registry);
    }

    Confirmation confirmation() {
        return confirmation;
    }

    Map<String, String> environment() {
        return environment;
    }

    /** Runs the daemon until it is told to stop. */
    int run(@Nullable String registryUri) throws InterruptedException {
        DaemonConfig config = config(registryUri);
        Daemon.check(config);
        Logging.configure(output.logLevel, output.logFormat);
        LOG.info("settings: {}", GivenSettings.of(spec.commandLine().getParseResult(), environment));
        Daemon daemon = Daemon.start(config);
        Runtime.getRuntime().addShutdownHook(new Thread(daemon::close, "shutdown"));
        daemon.awaitEnd();
        return ExitCode.OK;
    }

    /** What options and environment ask for. */
    DaemonConfig config() {
        return config(registry);
    }

    /** The same with the registry that a command of its own is given; null for that of the command before it. */
    DaemonConfig config(@Nullable String registryUri) {
        return new DaemonConfig(
                EngineAddress.from(environment, Files::exists),
                registryAddress(registryUri == null ? registry : registryUri),
                ConsulAccess.from(environment).in(peers.namespace, peers.partition),
                services.nodeId,
                services.rules(),
                lifecycle.lifecycles(),
                ttl.timeToLive(),
                new DaemonConfig.Startup(peers.retryAttempts, Duration.ofMillis(peers.retryInterval)),
                Duration.ofSeconds(peers.resync),
                removal.deregister(),
                removal.cleanup,
                removal.deregisterOnExit,
                output.admin == null ? null : AdminAddress.parse(output.admin),
                SupervisionSettings.from(output.healthFile, environment));
    }

    /** For commands whose answer is on standard output: their log has only what is wrong, unless more is asked for. */
    void logQuietly() {
        Logging.configure(output.logLevel == Level.INFO ? Level.WARN : output.logLevel, output.logFormat);
    }

    private RegistryAddress registryAddress(@Nullable String uri) {
        return uri == null ? RegistryAddress.DEFAULT : RegistryAddress.parse(uri, environment.get("CONSUL_HTTP_ADDR"));
    }

    /** What is written where. */
    static final class OutputOptions {
        @Option(
                scope = ScopeType.INHERIT,
                names = {"-log-level", "--log-level"},
                paramLabel = "LEVEL",
                description = "error, warn, info, debug or trace. Default: info.")
        Level logLevel = Level.INFO;

        @Option(
                scope = ScopeType.INHERIT,
                names = {"-log-format", "--log-format"},
                paramLabel = "text|json",
                description = "Lines for people, or one JSON object a line. Default: text.")
        LogFormat logFormat = LogFormat.TEXT;

        @Option(
                scope = ScopeType.INHERIT,
                names = {"-admin", "--admin"},
                paramLabel = "HOST:PORT",
                description =
                        "Answer questions about the daemon here: a status page, health, metrics and state; HOST:PORT"
                                + " such as 127.0.0.1:8086, or unix:///PATH. Default: nowhere.")
        @Nullable
        String admin;

        @Option(
                scope = ScopeType.INHERIT,
                names = {"-health-file", "--health-file"},
                paramLabel = "PATH",
                description = "Write this file every 20 s while the daemon lives, for a container's HEALTHCHECK."
                        + " Default: none.")
        @Nullable
        Path healthFile;

        @Option(
                names = {"-h", "-help", "--help"},
                usageHelp = true,
                description = "Shows this.")
        boolean help;

        @Option(
                names = {"-V", "-version", "--version"},
                versionHelp = true,
                description = "Shows the version.")
        boolean version;
    }
}
