package io.registrator.cli.option;

import io.registrator.derive.Heartbeat;
import org.jspecify.annotations.Nullable;

/** What becomes of services when the daemon, or its host, is gone. */
final class TtlOptions {
    private int ttl;
    private int ttlRefresh;

    OptionSection section() {
        return OptionSection.of(
                "Time to live",
                DaemonOption.number(
                        "-ttl",
                        "--ttl",
                        "SECONDS",
                        "Give every service a TTL check that turns critical when the daemon has not been heard of for"
                                + " so long; goes with -ttl-refresh. Default: 0, no such check.",
                        value -> ttl = value),
                DaemonOption.number(
                        "-ttl-refresh",
                        "--ttl-refresh",
                        "SECONDS",
                        "How often the daemon refreshes these checks; less than -ttl.",
                        value -> ttlRefresh = value));
    }

    @Nullable
    Heartbeat heartbeat() {
        return Heartbeat.ofSeconds(ttl, ttlRefresh).orElse(null);
    }
}
