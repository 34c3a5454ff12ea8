package io.registrator.derive;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import io.registrator.model.ServiceDefinition;
import java.util.TreeMap;

/**
 * What vectors compare of a service.
 *
 * @param tags as a set: their order is a deliberate difference
 * @param meta the user's own attributes: that ours holds nothing else is a deliberate difference
 * @param checks each as the fields that Consul's JSON has for it
 */
record Registration(
        String id,
        String name,
        String address,
        int port,
        ImmutableSet<String> tags,
        ImmutableSortedMap<String, String> meta,
        ImmutableList<ImmutableSortedMap<String, String>> checks) {

    static Registration of(ServiceDefinition service) {
        return new Registration(
                service.id().value(),
                service.name(),
                service.address(),
                service.port(),
                ImmutableSet.copyOf(service.tags()),
                service.meta(),
                service.checks().stream().map(ConsulCheckShape::of).collect(toImmutableList()));
    }

    Registration withName(String other) {
        return new Registration(id, other, address, port, tags, meta, checks);
    }

    Registration withAddress(String other) {
        return new Registration(id, name, other, port, tags, meta, checks);
    }

    Registration withMeta(ImmutableSortedMap<String, String> other) {
        return new Registration(id, name, address, port, tags, other, checks);
    }

    /** With this as its only check. */
    Registration withCheck(ImmutableSortedMap<String, String> check) {
        return new Registration(id, name, address, port, tags, meta, ImmutableList.of(check));
    }

    /** With one field of its only check set to another value. */
    Registration withCheckField(String field, String value) {
        TreeMap<String, String> check = new TreeMap<>(checks.getFirst());
        check.put(field, value);
        return new Registration(
                id, name, address, port, tags, meta, ImmutableList.of(ImmutableSortedMap.copyOf(check)));
    }
}
