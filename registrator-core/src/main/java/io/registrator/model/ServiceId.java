package io.registrator.model;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.regex.Pattern;

/**
 * The ID of a service in its registry. Only {@code A-Z a-z 0-9 . _ : -}: an agent cuts or redirects paths with other
 * characters, and could so answer 200 for a service that it did not touch.
 */
public record ServiceId(String value) implements Comparable<ServiceId> {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._:-]+");

    public ServiceId {
        checkArgument(isValid(value), "not a usable service ID: %s", value);
    }

    /** Whether this text can be an ID of ours. {@code .} and {@code ..} cannot: they are path segments. */
    public static boolean isValid(String value) {
        return ALLOWED.matcher(value).matches() && !value.equals(".") && !value.equals("..");
    }

    @Override
    public int compareTo(ServiceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
