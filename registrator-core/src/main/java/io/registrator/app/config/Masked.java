package io.registrator.app.config;

import java.util.regex.Pattern;

/** Hides what people put into addresses and options although it does not belong there: passwords and tokens. */
public final class Masked {
    /** Up to the last @, since passwords may have some too. */
    private static final Pattern USER_INFO = Pattern.compile("//[^\\s]*@");

    private static final Pattern PARAMETER = Pattern.compile("(?i)((?:token|passw(?:or)?d|secret)=)[^\\s&']+");

    private Masked() {}

    /** The text, fit for a message. */
    public static String in(String text) {
        return PARAMETER.matcher(USER_INFO.matcher(text).replaceAll("//***@")).replaceAll("$1***");
    }
}
