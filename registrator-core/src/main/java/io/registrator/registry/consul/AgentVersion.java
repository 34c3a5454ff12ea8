package io.registrator.registry.consul;

import com.google.common.collect.ComparisonChain;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A version of Consul: {@code 1.8.7}, {@code 1.22.0-rc1+ent}. */
record AgentVersion(int major, int minor, int patch) implements Comparable<AgentVersion> {
    private static final Pattern TEXT = Pattern.compile("v?(\\d{1,6})\\.(\\d{1,6})(?:\\.(\\d{1,6}))?(?:[-+].*)?");

    /** The oldest that we know to work. */
    static final AgentVersion OLDEST = new AgentVersion(1, 8, 0);

    static Optional<AgentVersion> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(
                        new AgentVersion(number(matcher.group(1)), number(matcher.group(2)), number(matcher.group(3))))
                : Optional.empty();
    }

    boolean isAtLeast(AgentVersion other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(AgentVersion other) {
        return ComparisonChain.start()
                .compare(major, other.major)
                .compare(minor, other.minor)
                .compare(patch, other.patch)
                .result();
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
