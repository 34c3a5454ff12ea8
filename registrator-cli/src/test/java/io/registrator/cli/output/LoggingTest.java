package io.registrator.cli.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.encoder.Encoder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoggingTest {
    private static final String FORGED =
            "web\n2026-01-01T00:00:00.000Z ERROR all is lost\r\u001b[2J\u0085\u2028\u202ex";

    @ParameterizedTest
    @EnumSource
    void nobodyCanForgeALine(LogFormat format) {
        String written = written(format, FORGED, null);

        assertThat(written.strip().lines()).hasSize(1);
        assertThat(written).doesNotContain("\u001b").contains("all is lost").endsWith("\n");
    }

    @Test
    void hidesWhatMovesCursorsAndTurnsText() {
        assertThat(written(LogFormat.TEXT, FORGED, null).stripTrailing())
                .endsWith(" WARN  web?2026-01-01T00:00:00.000Z ERROR all is lost??[2J???x");
    }

    @Test
    void anErrorsOwnTextBeginsNoLineEither() {
        String written = written(LogFormat.TEXT, "internal error", new IllegalStateException("x\nERROR forged"));

        assertThat(written.lines().skip(1)).isNotEmpty().noneMatch(line -> line.startsWith("ERROR"));
        assertThat(written).contains("IllegalStateException").contains("\tat ");
    }

    private static String written(LogFormat format, String text, @Nullable Throwable error) {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        Encoder<ILoggingEvent> encoder = Logging.encoder(context, format);
        return new String(
                encoder.encode(new LoggingEvent("test", context.getLogger("test"), Level.WARN, text, error, null)),
                UTF_8);
    }
}
