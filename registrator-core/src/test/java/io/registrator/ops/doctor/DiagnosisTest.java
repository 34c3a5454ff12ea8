package io.registrator.ops.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.model.ServiceId;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void forgivesAClockAFewSeconds() {
        assertThat(Diagnosis.clock(NOW.minusSeconds(5), NOW)).isEmpty();
        assertThat(Diagnosis.clock(NOW.plusSeconds(5), NOW)).isEmpty();
    }

    @Test
    void saysWhichClockIsAhead() {
        assertThat(Diagnosis.clock(NOW.minusSeconds(60), NOW))
                .hasValueSatisfying(finding -> assertThat(finding.what()).contains("60 s behind"));
        assertThat(Diagnosis.clock(NOW.plusSeconds(60), NOW))
                .hasValueSatisfying(finding -> assertThat(finding.what()).contains("60 s ahead of"));
    }

    @Test
    void takesOnlyLoopbackAddressesAmiss() {
        assertThat(Diagnosis.address("192.0.2.1", "-ip")).isEmpty();
        assertThat(Diagnosis.address("127.0.1.1", "-ip")).isPresent();
        assertThat(Diagnosis.address("::1", "-ip")).isPresent();
    }

    @Test
    void oneDaemonIsNoneTooMany() {
        RunningDaemon one = new RunningDaemon(7, null, "memory:");

        assertThat(Diagnosis.daemons("n", List.of(one))).isEmpty();
        assertThat(Diagnosis.daemons("n", List.of(one, new RunningDaemon(8, "n", "memory:"))))
                .hasValueSatisfying(finding -> assertThat(finding.what()).contains("7, 8"));
    }

    @Test
    void doesNotListHundreds() {
        List<ServiceId> many = IntStream.range(0, 100)
                .mapToObj(i -> new ServiceId("n:c" + i + ":80"))
                .toList();

        assertThat(Diagnosis.strangers("n", many))
                .hasValueSatisfying(finding ->
                        assertThat(finding.what()).contains("n:c0:80").contains("and 95 more"));
    }
}
