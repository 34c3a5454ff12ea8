package io.registrator.app.config;

import io.registrator.derive.YesNo;
import java.util.Optional;

/** Options and variables that are on or off. */
public final class Switch {
    private Switch() {}

    /**
     * @param key what the value belongs to, for the message
     * @throws ConfigException if it is none of them
     */
    public static boolean parse(String key, String value) {
        return Optional.of(value)
                .filter(text -> !text.isBlank())
                .flatMap(YesNo::parse)
                .orElseThrow(() -> new ConfigException("Cannot read " + key + "='" + value + "': write true or false"));
    }
}
