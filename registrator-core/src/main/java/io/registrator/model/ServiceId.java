package io.registrator.model;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.CharMatcher;

/**
 * The ID of a service in its registry. Only {@code A-Z a-z 0-9 . _ : -}: an agent cuts or redirects paths with other
 * characters, and could so answer 200 for a service that it did not touch.
 */
public record ServiceId(String value) implements Comparable<ServiceId> {
    private static final CharMatcher ALLOWED = CharMatcher.forPredicate(ServiceId::isAllowed);

    public ServiceId {
        checkArgument(isValid(value), "not a usable service ID: %s", value);
    }

    /** Whether this text can be an ID of ours. {@code .} and {@code ..} cannot: they are path segments. */
    public static boolean isValid(String value) {
        return !value.isEmpty() && ALLOWED.matchesAllOf(value) && !value.equals(".") && !value.equals("..");
    }

    private static boolean isAllowed(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || ".:_-".indexOf(c) >= 0;
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
