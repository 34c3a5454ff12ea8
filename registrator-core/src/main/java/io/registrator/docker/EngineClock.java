package io.registrator.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
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
    private final DockerHttpClient http;
    private final InstantSource ours;

    EngineClock(DockerHttpClient http, InstantSource ours) {
        this.http = http;
        this.ours = ours;
    }

    /** Falls back on our own time where the answer has no date. */
    Instant now() {
        var ping = Request.builder().method(Request.Method.GET).path("/_ping").build();
        try (var response = http.execute(ping)) {
            return Optional.ofNullable(response.getHeader("Date"))
                    .flatMap(EngineClock::parse)
                    .orElseGet(ours::instant);
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
