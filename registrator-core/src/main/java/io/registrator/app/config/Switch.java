package io.registrator.app.config;

import java.util.Locale;

/** Words for yes and no: those of Go's flags and of Consul's variables, and a few that people write. */
public final class Switch {
    private Switch() {}

    /**
     * @param key what the value belongs to, for the message
     * @throws ConfigException if it is none of them
     */
    public static boolean parse(String key, String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "t", "1", "yes", "on" -> true;
            case "false", "f", "0", "no", "off" -> false;
            default -> throw new ConfigException("Cannot read " + key + "='" + value + "': write true or false");
        };
    }
}
