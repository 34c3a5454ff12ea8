package io.registrator.cli.option;

import static com.google.common.base.Strings.emptyToNull;

import org.jspecify.annotations.Nullable;

/** How the daemon meets engine and registry. */
final class PeerOptions {
    int retryAttempts = -1;
    int retryInterval = 2000;

    @Nullable
    String namespace;

    @Nullable
    String partition;

    int resync = 30;

    OptionSection section() {
        return OptionSection.of(
                "Engine and registry",
                DaemonOption.number(
                        "-retry-attempts",
                        "--retry-attempts",
                        "N",
                        "How often to try engine and registry at start-up before giving up; -1 for ever, the default.",
                        value -> retryAttempts = value),
                DaemonOption.number(
                        "-retry-interval",
                        "--retry-interval",
                        "MS",
                        "Milliseconds between two tries at start-up. Default: 2000.",
                        value -> retryInterval = value),
                DaemonOption.text(
                        "-namespace",
                        "--namespace",
                        "NAME",
                        "The namespace of services, with Consul Enterprise. Default: CONSUL_NAMESPACE, else the"
                                + " token's own.",
                        value -> namespace = emptyToNull(value)),
                DaemonOption.text(
                        "-partition",
                        "--partition",
                        "NAME",
                        "The admin partition of services, with Consul Enterprise. Default: CONSUL_PARTITION, else the"
                                + " agent's own.",
                        value -> partition = emptyToNull(value)),
                DaemonOption.number(
                        "-resync",
                        "--resync",
                        "SECONDS",
                        "Seconds between two full passes over engine and registry; 0 for none after the first."
                                + " Default: 30.",
                        value -> resync = Math.max(0, value)));
    }
}
