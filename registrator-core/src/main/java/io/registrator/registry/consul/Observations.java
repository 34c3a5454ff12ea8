package io.registrator.registry.consul;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import io.registrator.model.HostPort;
import io.registrator.model.ObservedService;
import io.registrator.model.ServiceId;
import io.registrator.model.Weights;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The agent's services as the program sees them, without what the agent adds by itself. */
final class Observations {
    /** The tags under which an agent repeats a service's own address. */
    private static final ImmutableSet<String> INVENTED =
            ImmutableSet.of("lan_ipv4", "wan_ipv4", "lan_ipv6", "wan_ipv6");

    private static final int MAX_WEIGHT = 65_535;

    private Observations() {}

    /**
     * @param token the mark of our present token, as {@link Credentials} knows it
     * @param maintenance why services are out of service, by their IDs
     */
    static ImmutableMap<ServiceId, ObservedService> of(
            Map<String, AgentService> services, Optional<String> token, Map<String, String> maintenance) {
        ImmutableMap.Builder<ServiceId, ObservedService> observed = ImmutableMap.builder();
        services.forEach((id, service) -> {
            if (ServiceId.isValid(id)) {
                observed.put(
                        new ServiceId(id), of(new ServiceId(id), service, token).inMaintenance(maintenance.get(id)));
            }
        });
        return observed.buildOrThrow();
    }

    /** @param token the mark of our present token, as {@link Credentials} knows it */
    static ObservedService of(ServiceId id, AgentService service, Optional<String> token) {
        Map<String, String> meta = Objects.requireNonNullElse(service.getMeta(), Map.of());
        return new ObservedService(
                id,
                text(service.getService()),
                ImmutableList.copyOf(Objects.requireNonNullElse(service.getTags(), List.of())),
                text(service.getAddress()),
                port(service),
                taggedAddresses(service),
                ImmutableSortedMap.copyOf(Maps.filterKeys(meta, key -> !key.equals(Credentials.META_KEY))),
                weights(service.weights),
                Boolean.TRUE.equals(service.getEnableTagOverride()),
                Credentials.isOutdated(meta, token),
                null);
    }

    private static ImmutableSortedMap<String, String> taggedAddresses(AgentService service) {
        ImmutableSortedMap.Builder<String, String> addresses = ImmutableSortedMap.naturalOrder();
        if (service.taggedAddresses != null) {
            service.taggedAddresses.forEach((tag, address) -> {
                if (!isInvented(tag, address, service)) {
                    addresses.put(tag, text(address, service));
                }
            });
        }
        return addresses.buildOrThrow();
    }

    private static boolean isInvented(String tag, ServiceAddress address, AgentService service) {
        return INVENTED.contains(tag)
                && text(address.address()).equals(service.getAddress())
                && address.port() == port(service);
    }

    /** With its port only where that is not the service's own, which nobody but somebody else has written. */
    private static String text(ServiceAddress address, AgentService service) {
        return address.port() == port(service)
                ? text(address.address())
                : HostPort.text(text(address.address()), address.port());
    }

    private static int port(AgentService service) {
        return Objects.requireNonNullElse(service.getPort(), 0);
    }

    private static Weights weights(@Nullable ServiceWeights weights) {
        return weights == null
                ? Weights.DEFAULT
                : new Weights(
                        Math.clamp(weights.passing(), 1, MAX_WEIGHT), Math.clamp(weights.warning(), 0, MAX_WEIGHT));
    }

    private static String text(@Nullable String value) {
        return Objects.requireNonNullElse(value, "");
    }
}
