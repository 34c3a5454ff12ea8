package io.registrator.config;

import java.util.Locale;

/** Words for yes and no. */
final class Switch {
    private Switch() {}

    static boolean parse(String key, String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "on" -> true;
            case "false", "0", "no", "off" -> false;
            default -> throw new ConfigException("Cannot read " + key + "='" + value + "': write true or false");
        };
    }
}
