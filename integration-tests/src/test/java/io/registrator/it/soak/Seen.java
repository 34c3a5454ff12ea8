package io.registrator.it.soak;

import com.google.common.collect.ImmutableSortedSet;

/**
 * A service as Consul should have it or has it.
 *
 * @param maintenance whether it is taken out of service
 * @param checks the statuses of its other checks
 */
record Seen(
        String name,
        String address,
        ImmutableSortedSet<String> tags,
        boolean maintenance,
        ImmutableSortedSet<String> checks) {
    @Override
    public String toString() {
        return name + " " + address + " " + tags + (maintenance ? " maintenance " : " ") + checks;
    }
}
