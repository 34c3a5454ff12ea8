package io.registrator.registry.consul;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * How to keep services in Consul's key-value store.
 *
 * @param prefix of the keys that readers read, without slashes around it
 */
public record KvSettings(ConsulSettings consul, String prefix, KvFormat format) {
    public KvSettings {
        checkArgument(!prefix.isEmpty() && !prefix.startsWith("/") && !prefix.endsWith("/"), "no prefix: %s", prefix);
    }
}
