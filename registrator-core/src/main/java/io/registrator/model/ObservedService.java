package io.registrator.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A service as a registry shows it. Adapters normalise what the registry adds by itself: default weights are
 * {@link Weights#DEFAULT}, tagged addresses that the agent invented are left out.
 *
 * @param outdatedToken registered with another token than the one that the registry is used with now
 * @param maintenance why it is out of service by somebody's order; null when it is not
 */
public record ObservedService(
        ServiceId id,
        String name,
        ImmutableList<String> tags,
        String address,
        int port,
        ImmutableSortedMap<String, String> taggedAddresses,
        ImmutableSortedMap<String, String> meta,
        Weights weights,
        boolean enableTagOverride,
        boolean outdatedToken,
        @Nullable String maintenance) {

    /** Address and port: {@code 10.0.0.1:80} or {@code [2001:db8::1]:80}. */
    public String where() {
        return HostPort.text(address, port);
    }

    /** The same in maintenance for this reason; null for not. */
    public ObservedService inMaintenance(@Nullable String reason) {
        return new ObservedService(
                id,
                name,
                tags,
                address,
                port,
                taggedAddresses,
                meta,
                weights,
                enableTagOverride,
                outdatedToken,
                reason);
    }

    /** One that is in service and was registered with the token of today, or in a registry that knows no tokens. */
    public ObservedService(
            ServiceId id,
            String name,
            ImmutableList<String> tags,
            String address,
            int port,
            ImmutableSortedMap<String, String> taggedAddresses,
            ImmutableSortedMap<String, String> meta,
            Weights weights,
            boolean enableTagOverride) {
        this(id, name, tags, address, port, taggedAddresses, meta, weights, enableTagOverride, false, null);
    }
}
