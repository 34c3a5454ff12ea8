package io.registrator.cli.command;

import io.registrator.app.config.DaemonConfig;
import io.registrator.cli.option.DaemonOptions;
import io.registrator.cli.output.Logging;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
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
            "  CONSUL_HTTP_ADDR, CONSUL_HTTP_SSL, CONSUL_HTTP_SSL_VERIFY, CONSUL_CACERT, CONSUL_CAPATH,",
            "  CONSUL_TLS_SERVER_NAME where Consul is, and CONSUL_HTTP_TOKEN, CONSUL_HTTP_TOKEN_FILE,",
            "  CONSUL_HTTP_AUTH, CONSUL_CLIENT_CERT and CONSUL_CLIENT_KEY how it lets us in.",
        })
public final class RegistratorCommand implements Callable<Integer> {
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

    private final DaemonOptions options = new DaemonOptions();
    private final Confirmation confirmation;

    /** @param confirmation asks before something cannot be undone */
    public RegistratorCommand(Map<String, String> environment, Confirmation confirmation) {
        this.environment = Map.copyOf(environment);
        this.confirmation = confirmation;
    }

    /** One that is parsed and not run. */
    RegistratorCommand() {
        this(Map.of(), question -> Optional.empty());
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

    DaemonOptions options() {
        return options;
    }

    /** Runs the daemon until it is told to stop. */
    int run(@Nullable String registryUri) throws InterruptedException {
        ParseResult parsed = spec.commandLine().getParseResult();
        return DaemonRun.of(
                config(registryUri), options, ParsedSettings.of(parsed, options), parsed.originalArgs(), environment);
    }

    /** What options and environment ask for. */
    DaemonConfig config() {
        return config(registry);
    }

    /** The same with the registry that a command of its own is given; null for that of the command before it. */
    DaemonConfig config(@Nullable String registryUri) {
        return options.config(environment, registryUri == null ? registry : registryUri);
    }

    /** For commands whose answer is on standard output: their log has only what is wrong, unless more is asked for. */
    void logQuietly() {
        Logging.configure(options.logLevel() == Level.INFO ? Level.WARN : options.logLevel(), options.logFormat());
    }
}
