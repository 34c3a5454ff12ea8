package io.registrator.app.config;

/** What the user asked for makes no sense. The message is one line that says what to write instead. */
public final class ConfigException extends RuntimeException {
    public ConfigException(String message) {
        super(message);
    }
}
