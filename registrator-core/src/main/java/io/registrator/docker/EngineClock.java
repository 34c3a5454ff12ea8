package io.registrator.docker;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * The engine's time to the second, from the {@code Date} of an answer to {@code GET /_ping}: cheap, and allowed by proxies
 * in front of an engine, which {@code /info} often is not. The engine may run on another machine than we do.
 */
final class EngineClock {
    private static final int LONGEST_BODY = 1024;

    private final EngineHttp http;
    private final InstantSource ours;

    EngineClock(EngineHttp http, InstantSource ours) {
        this.http = http;
        this.ours = ours;
    }

    /** Falls back on our own time where the answer has no date. */
    Instant now() throws IOException {
        try (var response = http.open("/_ping")) {
            var date = Optional.ofNullable(response.getHeader("Date"));
            // Or the connection would not be used again.
            var unused = response.getBody().readNBytes(LONGEST_BODY);
            return date.flatMap(EngineClock::parse).orElseGet(ours::instant);
        }
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
