package io.registrator.cli.command;

import io.registrator.config.ConfigException;
import io.registrator.config.DaemonConfig.Deregister;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** When services go. */
final class RemovalOptions {
    private static final String OPTIONAL_SWITCH = "0..1";

    @Option(
            scope = ScopeType.INHERIT,
            names = {"-deregister", "--deregister"},
            paramLabel = "always|on-success|never",
            description = "When the services of a container that stopped are deregistered: always, only after exit code"
                    + " 0, or never. Default: always.")
    String deregister = "always";

    @Option(
            scope = ScopeType.INHERIT,
            names = {"-cleanup", "--cleanup"},
            arity = OPTIONAL_SWITCH,
            fallbackValue = "true",
            description = "Also remove services that a predecessor left on this node for containers that are gone.")
    boolean cleanup;

    @Option(
            scope = ScopeType.INHERIT,
            names = {"-deregister-on-exit", "--deregister-on-exit"},
            arity = OPTIONAL_SWITCH,
            fallbackValue = "true",
            description = "Deregister all services of ours when the daemon ends. Default: they stay.")
    boolean deregisterOnExit;

    Deregister deregister() {
        return switch (deregister) {
            case "always" -> Deregister.ALWAYS;
            case "on-success" -> Deregister.ON_SUCCESS;
            case "never" -> Deregister.NEVER;
            default ->
                throw new ConfigException(
                        "Cannot use -deregister " + deregister + ": write always, on-success or never");
        };
    }
}
