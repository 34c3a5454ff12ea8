package io.registrator.model;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import com.google.common.net.HostAndPort;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A service as we want a registry to hold it.
 *
 * @param tags in the order written
 * @param port 0 only for a service declared without one
 * @param taggedAddresses further addresses by tag, such as {@code lan_ipv6}; each with the service's own port
 * @param meta the user's own attributes; the owner mark is added when it is planned
 * @param enableTagOverride the tags belong to others once the service is registered
 * @param token registers and deregisters it in place of the registry's own token; null for that one
 * @param container where it comes from
 * @param claimsAddress whether the address is what the container says of itself, and not where the engine put it
 */
public record ServiceDefinition(
        ServiceId id,
        String name,
        ImmutableList<String> tags,
        String address,
        int port,
        ImmutableSortedMap<String, String> taggedAddresses,
        ImmutableSortedMap<String, String> meta,
        ImmutableList<CheckDefinition> checks,
        Weights weights,
        boolean enableTagOverride,
        @Nullable Secret token,
        ContainerRef container,
        boolean claimsAddress) {

    /** The tags under which an agent repeats a service's own address, so that saying the same says nothing. */
    private static final ImmutableSet<String> IMPLIED = ImmutableSet.of("lan_ipv4", "wan_ipv4", "lan_ipv6", "wan_ipv6");

    public ServiceDefinition {
        checkArgument(!name.isEmpty(), "a service name is not empty");
        checkArgument(!address.isEmpty(), "a service address is not empty");
        checkArgument(port >= 0 && port <= 65_535, "port out of range: %s", port);
    }

    /** A service whose address follows from where the engine put its container. */
    public ServiceDefinition(
            ServiceId id,
            String name,
            ImmutableList<String> tags,
            String address,
            int port,
            ImmutableSortedMap<String, String> taggedAddresses,
            ImmutableSortedMap<String, String> meta,
            ImmutableList<CheckDefinition> checks,
            Weights weights,
            boolean enableTagOverride,
            @Nullable Secret token,
            ContainerRef container) {
        this(
                id,
                name,
                tags,
                address,
                port,
                taggedAddresses,
                meta,
                checks,
                weights,
                enableTagOverride,
                token,
                container,
                false);
    }

    /** The same under another ID. */
    public ServiceDefinition withId(ServiceId newId) {
        return alias(newId, name, checks);
    }

    /** The same place under another ID and name, with checks of its own. */
    public ServiceDefinition alias(ServiceId newId, String newName, ImmutableList<CheckDefinition> newChecks) {
        return new ServiceDefinition(
                newId,
                newName,
                tags,
                address,
                port,
                taggedAddresses,
                meta,
                newChecks,
                weights,
                enableTagOverride,
                token,
                container,
                claimsAddress);
    }

    /** The same with other tags. */
    public ServiceDefinition withTags(ImmutableList<String> newTags) {
        return new ServiceDefinition(
                id,
                name,
                newTags,
                address,
                port,
                taggedAddresses,
                meta,
                checks,
                weights,
                enableTagOverride,
                token,
                container,
                claimsAddress);
    }

    /** The same with other metadata. */
    public ServiceDefinition withMeta(ImmutableSortedMap<String, String> newMeta) {
        return new ServiceDefinition(
                id,
                name,
                tags,
                address,
                port,
                taggedAddresses,
                newMeta,
                checks,
                weights,
                enableTagOverride,
                token,
                container,
                claimsAddress);
    }

    /** How often the daemon has to say how this service is; empty if no check waits for that. */
    public Optional<Duration> heartbeat() {
        return checks.stream().flatMap(check -> check.heartbeat().stream()).min(Comparator.naturalOrder());
    }

    /** The tagged addresses without those that only repeat the service's own, which registries do not show. */
    public ImmutableSortedMap<String, String> furtherAddresses() {
        return ImmutableSortedMap.copyOf(Maps.filterEntries(
                taggedAddresses,
                tagged ->
                        !(IMPLIED.contains(tagged.getKey()) && tagged.getValue().equals(address))));
    }

    /** {@code 10.0.0.1:80} or {@code [2001:db8::1]:80}. */
    public HostAndPort target() {
        return HostAndPort.fromParts(address, port);
    }

    /** What a registry shows once it holds this. */
    public ObservedService asObserved() {
        return new ObservedService(id, name, tags, address, port, taggedAddresses, meta, weights, enableTagOverride);
    }
}
