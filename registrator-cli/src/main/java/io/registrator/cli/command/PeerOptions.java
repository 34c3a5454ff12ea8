package io.registrator.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** How the daemon meets engine and registry. */
final class PeerOptions {
    @Option(
            scope = ScopeType.INHERIT,
            names = {"-retry-attempts", "--retry-attempts"},
            paramLabel = "N",
            description =
                    "How often to try engine and registry at start-up before giving up; -1 for ever, the default.")
    int retryAttempts = -1;

    @Option(
            scope = ScopeType.INHERIT,
            names = {"-retry-interval", "--retry-interval"},
            paramLabel = "MS",
            description = "Milliseconds between two tries at start-up. Default: 2000.")
    int retryInterval = 2000;

    @Option(
            scope = ScopeType.INHERIT,
            names = {"-namespace", "--namespace"},
            paramLabel = "NAME",
            description = "The namespace of services, with Consul Enterprise. Default: CONSUL_NAMESPACE, else the"
                    + " token's own.")
    @Nullable
    String namespace;

    @Option(
            scope = ScopeType.INHERIT,
            names = {"-partition", "--partition"},
            paramLabel = "NAME",
            description = "The admin partition of services, with Consul Enterprise. Default: CONSUL_PARTITION, else the"
                    + " agent's own.")
    @Nullable
    String partition;

    @Option(
            scope = ScopeType.INHERIT,
            names = {"-resync", "--resync"},
            paramLabel = "SECONDS",
            description = "Seconds between two full passes over engine and registry; 0 for none after the first."
                    + " Default: 30.")
    int resync = 30;
}
