package io.registrator.cli.output;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets the log up, on standard error, where the predecessor wrote it too. */
public final class Logging {
    /** The lines of an error after its first begin with a tab, whatever its message is. */
    private static final String TEXT =
            "%replace(%msg){'" + Plain.UNFIT + "','?'}%n%replace(%rEx{short}){'[\\r\\n]+(?=[^\\t\\r\\n])','\n\t'}";

    private static final String TIME = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} ";
    private static final String LEVEL_AND_TEXT = "%-5level " + TEXT;
    private static final String IN_COLOUR = "%highlight(%-5level) " + TEXT;
    private static final String PRIORITY = "priority";

    private Logging() {}

    /** Our own messages from {@code level} on; those of libraries, which would print tokens, from warnings on. */
    public static void configure(org.slf4j.event.Level level, LogFormat format) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(console(context, format));
        context.getLogger("io.registrator").setLevel(Level.toLevel(level.name()));
    }

    private static ConsoleAppender<ILoggingEvent> console(LoggerContext context, LogFormat format) {
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder(context, format));
        appender.start();
        return appender;
    }

    static Encoder<ILoggingEvent> encoder(LoggerContext context, LogFormat format) {
        EncoderBase<ILoggingEvent> encoder = switch (format) {
            case TEXT -> text(context, StandardError.ofThisProcess());
            case JSON -> json();
        };
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }

    private static LayoutWrappingEncoder<ILoggingEvent> text(LoggerContext context, StandardError reader) {
        PatternLayout layout = new PatternLayout();
        layout.setContext(context);
        layout.getInstanceConverterMap().put(PRIORITY, Priority::new);
        layout.setPattern(
                switch (reader) {
                    case JOURNAL -> "%" + PRIORITY + LEVEL_AND_TEXT;
                    case TERMINAL -> TIME + IN_COLOUR;
                    case OTHER -> TIME + LEVEL_AND_TEXT;
                });
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setLayout(layout);
        return encoder;
    }

    /** What is the same in every line, or says nothing to those who read it, is left out. */
    private static JsonEncoder json() {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithContext(false);
        encoder.setWithMarkers(false);
        encoder.setWithMDC(false);
        encoder.setWithKVPList(false);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.setWithFormattedMessage(true);
        return encoder;
    }
}
