package io.registrator.model;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The weight of a service among its peers in DNS SRV answers, while passing and while in warning.
 *
 * @param passing 1 to 65535
 * @param warning 0 to 65535
 */
public record Weights(int passing, int warning) {
    /** What a Consul agent assumes where nothing is said. */
    public static final Weights DEFAULT = new Weights(1, 1);

    public Weights {
        checkArgument(passing >= 1 && passing <= 65_535, "passing weight out of range: %s", passing);
        checkArgument(warning >= 0 && warning <= 65_535, "warning weight out of range: %s", warning);
    }
}
