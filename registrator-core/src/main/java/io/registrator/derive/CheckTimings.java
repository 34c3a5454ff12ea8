package io.registrator.derive;

import com.google.common.base.Ascii;
import io.registrator.model.CheckDefinition;
import io.registrator.model.CheckStatus;
import io.registrator.model.Probe;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** The options that say when a check runs and what its answers lead to. They hold for every kind of probe. */
final class CheckTimings {
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);
    /** Agents run nothing more often. */
    private static final Duration LEAST_INTERVAL = Duration.ofSeconds(1);
    /** Agents deregister nothing sooner. */
    private static final Duration LEAST_DEREGISTER_AFTER = Duration.ofMinutes(1);

    private static final int MOST = 1_000_000;

    private final AttributeReader options;

    CheckTimings(AttributeReader options) {
        this.options = options;
    }

    /** A check that no option touches. */
    static CheckDefinition plain(String name, Probe probe) {
        return new CheckDefinition(name, probe, INTERVAL, null, null, null, 0, 0, 0);
    }

    CheckDefinition of(String name, Probe probe) {
        return check(name, probe, options.duration("timeout"));
    }

    /** The check that nobody asked for: it gives up sooner than an agent would. */
    CheckDefinition byDefault(Probe probe) {
        return check(probe.kind(), probe, options.duration("timeout").or(() -> Optional.of(DEFAULT_TIMEOUT)));
    }

    private CheckDefinition check(String name, Probe probe, Optional<Duration> timeout) {
        int warning = options.number("failures_before_warning", 0, MOST, 0);
        int critical = options.number("failures_before_critical", 0, MOST, 0);
        checkOrder(warning, critical);
        return new CheckDefinition(
                name,
                probe,
                atLeast("interval", LEAST_INTERVAL).orElse(INTERVAL),
                timeout.orElse(null),
                options.text("initial_status").flatMap(this::status).orElse(null),
                atLeast("deregister_after", LEAST_DEREGISTER_AFTER).orElse(null),
                options.number("success_before_passing", 0, MOST, 0),
                warning,
                critical);
    }

    private void checkOrder(int warning, int critical) {
        if (warning > critical) {
            String most = "at most CHECK_FAILURES_BEFORE_CRITICAL, which is " + critical;
            options.text("failures_before_warning")
                    .ifPresent(attribute -> options.reject(attribute, most, "lower it, or set both"));
        }
    }

    private Optional<Duration> atLeast(String name, Duration least) {
        return options.text(name).flatMap(attribute -> options.atLeast(attribute, least));
    }

    private Optional<CheckStatus> status(Attribute attribute) {
        String word = Ascii.toLowerCase(attribute.value().strip());
        Optional<CheckStatus> status = Arrays.stream(CheckStatus.values())
                .filter(candidate -> candidate.word().equals(word))
                .findFirst();
        return status.isPresent() ? status : options.wrong(attribute, "a status", "write passing, warning or critical");
    }
}
