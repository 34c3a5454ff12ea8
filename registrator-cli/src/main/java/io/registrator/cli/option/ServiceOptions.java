package io.registrator.cli.option;

import static com.google.common.base.Strings.emptyToNull;
import static com.google.common.collect.ImmutableList.toImmutableList;

import io.registrator.derive.ContainerFilter;
import io.registrator.derive.ServiceRules;
import org.jspecify.annotations.Nullable;

/** How containers become services. */
final class ServiceOptions {
    private static final String DEFAULT_PREFIX = "SERVICE_";

    private @Nullable String ip;
    private boolean internal;
    private Bindings bindings = Bindings.FIRST;
    private boolean explicit;
    private @Nullable String network;
    private @Nullable String useIpFromLabel;
    private String tags = "";
    private boolean allowTemplateHttp;
    private String prefix = DEFAULT_PREFIX;
    private DefaultCheck check = DefaultCheck.TCP;
    private final OptionValue.Texts filters = new OptionValue.Texts();
    private boolean allowScriptChecks;

    @Nullable
    String nodeId;

    OptionSection section() {
        return OptionSection.of(
                "Services",
                DaemonOption.text(
                        "-ip",
                        "--ip",
                        "ADDRESS",
                        "Address of published ports. Default: the host's own.",
                        value -> ip = emptyToNull(value)),
                DaemonOption.flag(
                        "-internal",
                        "--internal",
                        "Register exposed ports with the container's own address instead of published ones.",
                        value -> internal = value),
                DaemonOption.choice(
                        "-bindings",
                        "--bindings",
                        "first|all",
                        "What is registered of a port with several bindings on the host. Default: first.",
                        Bindings.class,
                        value -> bindings = value),
                DaemonOption.flag(
                        "-explicit",
                        "--explicit",
                        "Register only ports that have a SERVICE_NAME or SERVICE_<port>_NAME.",
                        value -> explicit = value),
                DaemonOption.text(
                        "-network",
                        "--network",
                        "NAME|CIDR",
                        "The network whose address counts where a container's own is used.",
                        value -> network = emptyToNull(value)),
                DaemonOption.text(
                        "-useIpFromLabel",
                        "--use-ip-from-label",
                        "LABEL",
                        "Take a container's address from this label.",
                        value -> useIpFromLabel = emptyToNull(value)),
                DaemonOption.text(
                        "-tags",
                        "--tags",
                        "TAGS",
                        "Tags for every service, split at commas, or a Go template over the container as docker"
                                + " inspect shows it.",
                        value -> tags = value),
                DaemonOption.flag(
                        "-allow-template-http",
                        "--allow-template-http",
                        "Let templates fetch texts from the web with httpGet.",
                        value -> allowTemplateHttp = value),
                DaemonOption.text(
                        "-prefix",
                        "--prefix",
                        "PREFIX",
                        "What the keys in environment and labels start with. Default: SERVICE_.",
                        value -> prefix = value.isEmpty() ? DEFAULT_PREFIX : value),
                DaemonOption.choice(
                        "-check",
                        "--check",
                        "tcp|none",
                        "The check of a TCP port that asks for none. Default: tcp.",
                        DefaultCheck.class,
                        value -> check = value),
                new DaemonOption(
                        "-filter",
                        "--filter",
                        "FILTER",
                        "Look only at containers that match: label=KEY, label=KEY=VALUE, name=TEXT, image=TEXT or"
                                + " project=TEXT, with * and ? in values, and a ! before it for what is to be left out. May be given"
                                + " several times.",
                        filters),
                DaemonOption.flag(
                        "-allow-script-checks",
                        "--allow-script-checks",
                        "Let containers ask for checks that run commands on the Consul agent's host.",
                        value -> allowScriptChecks = value),
                DaemonOption.text(
                        "-node-id",
                        "--node-id",
                        "NAME",
                        "First part of every service ID, and the mark of what is ours. Default: the engine host's name.",
                        value -> nodeId = emptyToNull(value)));
    }

    /** Which bindings of one port are registered. */
    enum Bindings {
        FIRST,
        ALL
    }

    /** The check of a TCP port that asks for none. */
    enum DefaultCheck {
        TCP,
        NONE
    }

    ServiceRules rules() {
        return new ServiceRules(
                ip,
                internal,
                bindings == Bindings.ALL,
                explicit,
                prefix,
                tags,
                allowTemplateHttp,
                useIpFromLabel,
                network,
                check == DefaultCheck.TCP,
                filters.texts().stream().map(ContainerFilter::parse).collect(toImmutableList()),
                allowScriptChecks);
    }
}
