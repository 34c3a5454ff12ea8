package io.registrator.cli.command;

import io.registrator.config.ServiceRules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** How containers become services. */
final class ServiceOptions {
    private static final String OPTIONAL_SWITCH = "0..1";

    @Option(
            scope = ScopeType.INHERIT,
            names = {"-ip", "--ip"},
            paramLabel = "ADDRESS",
            description = "Address of published ports. Default: the host's own.")
    @Nullable
    String ip;

    @Option(
            scope = ScopeType.INHERIT,
            names = {"-internal", "--internal"},
            arity = OPTIONAL_SWITCH,
            fallbackValue = "true",
            description = "Register exposed ports with the container's own address instead of published ones.")
    boolean internal;

    @Option(
            scope = ScopeType.INHERIT,
            names = {"-explicit", "--explicit"},
            arity = OPTIONAL_SWITCH,
            fallbackValue = "true",
            description = "Register only ports that have a SERVICE_NAME or SERVICE_<port>_NAME.")
    boolean explicit;

    @Option(
            scope = ScopeType.INHERIT,
            names = {"-network", "--network"},
            paramLabel = "NAME|CIDR",
            description = "The network whose address counts where a container's own is used.")
    @Nullable
    String network;

    @Option(
            scope = ScopeType.INHERIT,
            names = {"-useIpFromLabel", "--use-ip-from-label"},
            paramLabel = "LABEL",
            description = "Take a container's address from this label.")
    @Nullable
    String useIpFromLabel;

    @Option(
            scope = ScopeType.INHERIT,
            names = {"-tags", "--tags"},
            paramLabel = "TAGS",
            description = "Tags for every service, split at commas, or a Go template over the container as docker"
                    + " inspect shows it.")
    String tags = "";

    @Option(
            scope = ScopeType.INHERIT,
            names = {"-allow-template-http", "--allow-template-http"},
            arity = OPTIONAL_SWITCH,
            fallbackValue = "true",
            description = "Let templates fetch texts from the web with httpGet.")
    boolean allowTemplateHttp;

    @Option(
            scope = ScopeType.INHERIT,
            names = {"-prefix", "--prefix"},
            paramLabel = "PREFIX",
            description = "What the keys in environment and labels start with. Default: SERVICE_.")
    String prefix = "SERVICE_";

    @Option(
            scope = ScopeType.INHERIT,
            names = {"-check", "--check"},
            paramLabel = "tcp|none",
            description = "The check of a TCP port that asks for none. Default: tcp.")
    DefaultCheck check = DefaultCheck.TCP;

    @Option(
            scope = ScopeType.INHERIT,
            names = {"-filter", "--filter"},
            paramLabel = "FILTER",
            split = ",",
            description = "Look only at containers that match: label=KEY, label=KEY=VALUE, name=TEXT, image=TEXT or"
                    + " project=TEXT, with * and ? in values, and a ! before it for what is to be left out. May be given"
                    + " several times.")
    List<String> filters = new ArrayList<>();

    @Option(
            scope = ScopeType.INHERIT,
            names = {"-allow-script-checks", "--allow-script-checks"},
            arity = OPTIONAL_SWITCH,
            fallbackValue = "true",
            description = "Let containers ask for checks that run commands on the Consul agent's host.")
    boolean allowScriptChecks;

    @Option(
            scope = ScopeType.INHERIT,
            names = {"-node-id", "--node-id"},
            paramLabel = "NAME",
            description =
                    "First part of every service ID, and the mark of what is ours. Default: the engine host's name.")
    @Nullable
    String nodeId;

    /** The check of a TCP port that asks for none. */
    enum DefaultCheck {
        TCP,
        NONE
    }

    ServiceRules rules() {
        return new ServiceRules(
                ip,
                internal,
                explicit,
                prefix,
                tags,
                allowTemplateHttp,
                useIpFromLabel,
                network,
                check == DefaultCheck.TCP,
                filters,
                allowScriptChecks);
    }
}
