package io.registrator.derive;

import java.util.regex.Pattern;

/** What Consul's DNS can say: letters, digits and hyphens in a label of at most 63. */
public final class DnsName {
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9-]{1,63}");

    private DnsName() {}

    /** Whether a service of this name can be looked up over DNS. */
    public static boolean isSafe(String serviceName) {
        return SAFE.matcher(serviceName).matches();
    }
}
