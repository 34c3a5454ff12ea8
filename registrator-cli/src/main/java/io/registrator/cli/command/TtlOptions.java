package io.registrator.cli.command;

import io.registrator.config.TimeToLive;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What becomes of services when the daemon, or its host, is gone. */
final class TtlOptions {
    @Option(
            scope = ScopeType.INHERIT,
            names = {"-ttl", "--ttl"},
            paramLabel = "SECONDS",
            description = "Give every service a TTL check that turns critical when the daemon has not been heard of for"
                    + " so long; goes with -ttl-refresh. Default: 0, no such check.")
    int ttl;

    @Option(
            scope = ScopeType.INHERIT,
            names = {"-ttl-refresh", "--ttl-refresh"},
            paramLabel = "SECONDS",
            description = "How often the daemon refreshes these checks; less than -ttl.")
    int ttlRefresh;

    @Nullable
    TimeToLive timeToLive() {
        return TimeToLive.ofSeconds(ttl, ttlRefresh).orElse(null);
    }
}
