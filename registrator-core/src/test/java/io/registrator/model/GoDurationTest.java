package io.registrator.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {

    @ParameterizedTest
    @CsvSource({
        "10s, PT10S",
        "1m30s, PT1M30S",
        "1.5h, PT1H30M",
        "500ms, PT0.5S",
        ".5s, PT0.5S",
        "5.s, PT5S",
        "1us, PT0.000001S",
        "1µs, PT0.000001S",
        "1μs, PT0.000001S",
        "7ns, PT0.000000007S",
        "1h1h, PT2H",
        "0, PT0S",
        "-2s, PT-2S",
        "+2s, PT2S",
        "0.0000000001s, PT0S",
        "2562047h47m16.854775807s, PT2562047H47M16.854775807S"
    })
    void readsWhatGoReads(String text, Duration duration) {
        assertThat(GoDuration.parse(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10",
                "1d",
                "s",
                ".s",
                "1 s",
                "1s ",
                "abc",
                "1m-1s",
                "1,5s",
                "2562047h47m17s",
                "1S",
                "--1s",
                "1e3s"
            })
    void refusesWhatGoRefuses(String text) {
        assertThat(GoDuration.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PT10S, 10s",
        "PT1M30S, 1m30s",
        "PT10M, 10m0s",
        "PT1H, 1h0m0s",
        "PT25H, 25h0m0s",
        "PT1.5S, 1.5s",
        "PT0.5S, 500ms",
        "PT0.0015S, 1.5ms",
        "PT0.0000015S, 1.5µs",
        "PT0.000000015S, 15ns",
        "PT0S, 0s",
        "PT-1.5S, -1.5s"
    })
    void writesAsGoWrites(Duration duration, String text) {
        assertThat(GoDuration.format(duration)).isEqualTo(text);
    }

    @Property
    void readsWhatItWrites(@ForAll @LongRange(min = -Long.MAX_VALUE) long nanos) {
        Duration duration = Duration.ofNanos(nanos);
        assertThat(GoDuration.parse(GoDuration.format(duration))).contains(duration);
    }

    @Property
    void neverThrows(@ForAll String text) {
        assertThat(GoDuration.parse(text))
                .satisfiesAnyOf(
                        found -> assertThat(found).isEmpty(),
                        found -> assertThat(found).isPresent());
    }
}
