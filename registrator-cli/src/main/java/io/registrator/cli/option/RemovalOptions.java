package io.registrator.cli.option;

import io.registrator.app.config.ConfigException;
import io.registrator.plan.DeregisterPolicy;

/** When services go. */
final class RemovalOptions {
    private static final String ALWAYS = "always";

    private String deregister = ALWAYS;
    boolean cleanup;
    boolean deregisterOnExit;

    OptionSection section() {
        return OptionSection.of(
                "Removal",
                DaemonOption.text(
                        "-deregister",
                        "--deregister",
                        "always|on-success|never",
                        "When the services of a container that stopped are deregistered: always, only after exit code"
                                + " 0 or that of a signal, or never. Default: always.",
                        value -> deregister = value.isEmpty() ? ALWAYS : value),
                DaemonOption.flag(
                        "-cleanup",
                        "--cleanup",
                        "Also remove services that a predecessor left on this node for containers that are gone.",
                        value -> cleanup = value),
                DaemonOption.flag(
                        "-deregister-on-exit",
                        "--deregister-on-exit",
                        "Deregister all services of ours when the daemon ends. Default: they stay.",
                        value -> deregisterOnExit = value));
    }

    DeregisterPolicy deregister() {
        return switch (deregister) {
            case ALWAYS -> DeregisterPolicy.ALWAYS;
            case "on-success" -> DeregisterPolicy.ON_SUCCESS;
            case "never" -> DeregisterPolicy.NEVER;
            default ->
                throw new ConfigException(
                        "Cannot use -deregister " + deregister + ": write always, on-success or never");
        };
    }
}
