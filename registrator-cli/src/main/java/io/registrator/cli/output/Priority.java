package io.registrator.cli.output;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** {@code <4>} and the like: the priority of a line as the journal reads it (sd-daemon(3)). */
public final class Priority extends ClassicConverter {
    private static final String ERROR = "<3>";
    private static final String WARNING = "<4>";
    private static final String INFO = "<6>";
    private static final String DEBUG = "<7>";

    @Override
    public String convert(ILoggingEvent event) {
        return switch (event.getLevel().toInt()) {
            case Level.ERROR_INT -> ERROR;
            case Level.WARN_INT -> WARNING;
            case Level.INFO_INT -> INFO;
            default -> DEBUG;
        };
    }
}
