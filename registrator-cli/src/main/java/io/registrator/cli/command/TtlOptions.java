package io.registrator.cli.command;

import io.registrator.config.ConfigException;
import picocli.CommandLine.Option;

/** Time to live of services: taken for compatibility, as the predecessor did nothing with it for Consul either. */
final class TtlOptions {
    @Option(
            names = {"-ttl", "--ttl"},
            paramLabel = "SECONDS",
            description = "Time to live of services; Consul knows none, so this does nothing there. Default: 0.")
    int ttl;

    @Option(
            names = {"-ttl-refresh", "--ttl-refresh"},
            paramLabel = "SECONDS",
            description = "How often to refresh it; less than -ttl.")
    int ttlRefresh;

    /** Whether one is asked for; fails if the two do not fit together. */
    boolean isAsked() {
        if ((ttl == 0) != (ttlRefresh == 0)) {
            throw new ConfigException("-ttl and -ttl-refresh go together: write both, such as -ttl 30 -ttl-refresh 10");
        }
        if (ttl < 0 || ttlRefresh < 0 || (ttl > 0 && ttlRefresh >= ttl)) {
            throw new ConfigException("-ttl-refresh must be below -ttl: write something like -ttl 30 -ttl-refresh 10");
        }
        return ttl > 0;
    }
}
