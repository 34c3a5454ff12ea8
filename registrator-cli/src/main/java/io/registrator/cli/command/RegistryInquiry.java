package io.registrator.cli.command;

import io.registrator.app.config.DaemonConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** A question about the registry as a whole, which may be named as for the daemon. */
abstract class RegistryInquiry extends Inquiry {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "registry-uri",
            description = "Default: consul://127.0.0.1:8500.")
    @Nullable
    String registry;

    /** What the daemon would be configured with. Only what is wrong is logged from now on. */
    final DaemonConfig quietly() {
        registrator().logQuietly();
        return registrator().config(registry);
    }
}
