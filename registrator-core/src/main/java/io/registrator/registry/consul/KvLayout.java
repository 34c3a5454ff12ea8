package io.registrator.registry.consul;

import com.google.common.net.HostAndPort;
import io.registrator.model.ObservedService;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import java.util.Optional;

/** Where services are in the tree that readers read, and what readers find there. */
interface KvLayout {

    static KvLayout of(KvFormat format, String prefix) {
        return switch (format) {
            case PLAIN -> new PlainLayout(prefix);
            case UPSYNC -> new UpsyncLayout(prefix);
        };
    }

    /** Key and value of a service. */
    record Entry(String key, String value) {}

    /** @throws RefusedException when readers could make nothing of it */
    Entry entry(ServiceDefinition service) throws RefusedException;

    /** What somebody else's key says, as far as that can be told. */
    Optional<ObservedService> foreign(String key, String value);

    /** The key of a service of which nothing is known but that somebody else has it. */
    Optional<String> foreignKey(ServiceId id, Iterable<String> keys);

    static String address(ServiceDefinition service) {
        return HostAndPort.fromParts(service.address(), service.port()).toString();
    }
}
