package io.registrator.registry.consul;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.net.HostAndPort;
import io.registrator.model.ObservedService;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.model.Weights;
import java.util.List;
import java.util.Optional;

/** {@code <prefix>/<name>/<id>} = {@code ip:port}. */
final class PlainLayout implements KvLayout {
    private static final Splitter SEGMENTS = Splitter.on('/');
    private final String prefix;

    PlainLayout(String prefix) {
        this.prefix = prefix;
    }

    @Override
    public Entry entry(ServiceDefinition service) throws RefusedException {
        if (service.name().contains("/")) {
            throw new RefusedException(
                    "service " + service.id() + ": a name with a slash is no part of a key: " + service.name(),
                    400,
                    "");
        }
        if (service.id().value().contains("/")) {
            throw new RefusedException("service " + service.id() + ": an ID with a slash is no part of a key", 400, "");
        }
        return new Entry(prefix + "/" + service.name() + "/" + service.id(), KvLayout.address(service));
    }

    @Override
    public Optional<ObservedService> foreign(String key, String value) {
        List<String> path = path(key);
        if (path.size() != 2 || !ServiceId.isValid(path.getLast())) {
            return Optional.empty();
        }
        HostAndPort address = address(value);
        return Optional.of(new ObservedService(
                new ServiceId(path.getLast()),
                path.getFirst(),
                ImmutableList.of(),
                address.getHost(),
                address.getPortOrDefault(0),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                Weights.DEFAULT,
                false));
    }

    @Override
    public Optional<String> foreignKey(ServiceId id, Iterable<String> keys) {
        for (String key : keys) {
            List<String> path = path(key);
            if (path.size() == 2 && path.getLast().equals(id.value())) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    private List<String> path(String key) {
        return key.startsWith(prefix + "/") ? SEGMENTS.splitToList(key.substring(prefix.length() + 1)) : List.of();
    }

    /** Whatever somebody else may have written. */
    private static HostAndPort address(String value) {
        try {
            return HostAndPort.fromString(value);
        } catch (IllegalArgumentException other) {
            return HostAndPort.fromHost("unknown");
        }
    }
}
