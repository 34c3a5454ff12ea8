package io.registrator.engine.docker;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The engine's time to the second, from the {@code Date} of its last answer. The engine may run on another machine than we
 * do; a ping just before makes it the time of now, and is allowed by proxies in front of an engine, which {@code /info} often is
 * not.
 */
final class EngineClock {
    private final InstantSource ours;
    private volatile @Nullable Instant told;

    EngineClock(InstantSource ours) {
        this.ours = ours;
    }

    void heard(Response answer) {
        Optional.ofNullable(answer.getHeader("Date"))
                .flatMap(EngineClock::parse)
                .ifPresent(date -> told = date);
    }

    /** Falls back on our own time where no answer had a date. */
    Instant now() {
        var date = told;
        return date == null ? ours.instant() : date;
    }

    private static Optional<Instant> parse(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
