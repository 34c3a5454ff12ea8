package io.registrator.derive;

import com.google.common.base.Ascii;
import java.util.Optional;

/** Words for yes and no, in labels, variables and options. */
public final class YesNo {
    private YesNo() {}

    /** Empty for what is neither. */
    public static Optional<Boolean> parse(String text) {
        return switch (Ascii.toLowerCase(text.strip())) {
            case "true", "1", "yes", "on", "t", "y" -> Optional.of(true);
            case "false", "0", "no", "off", "f", "n", "" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    static boolean isNo(String text) {
        return parse(text).equals(Optional.of(false));
    }
}
