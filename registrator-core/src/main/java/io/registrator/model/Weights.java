package io.registrator.model;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The weight of a service among its peers in DNS SRV answers, while passing and while in warning.
 *
 * @param passing 1 to 65535
 * @param warning 0 to 65535
 */
public record Weights(int passing, int warning) {
    private static final int MOST = 65_535;

    /** What a Consul agent assumes where nothing is said. */
    public static final Weights DEFAULT = new Weights(1, 1);

    /** Whether there can be such weights. */
    public static boolean isValid(int passing, int warning) {
        return passing >= 1 && passing <= MOST && warning >= 0 && warning <= MOST;
    }

    public Weights {
        checkArgument(isValid(passing, warning), "weights out of range: %s and %s", passing, warning);
    }
}
