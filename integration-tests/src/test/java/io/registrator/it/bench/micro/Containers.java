package io.registrator.it.bench.micro;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import io.registrator.docker.InspectAnswers;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerPort;
import io.registrator.model.ContainerSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Containers like one that a real engine has shown: four exposed ports, three of them published. */
final class Containers {
    static final String ANSWER = "engine-20.10/published.json";

    private Containers() {}

    static ContainerSnapshot recorded() {
        try {
            return InspectAnswers.read(InspectAnswers.recorded(ANSWER), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ContainerSnapshot labelled(ImmutableMap<String, String> labels) {
        ContainerSnapshot like = recorded();
        return with(like, like.id(), like.name(), labels, like.bindings().keySet());
    }

    /** One of many, with one port. */
    static ContainerSnapshot numbered(int number) {
        ContainerSnapshot like = recorded();
        ContainerId id = new ContainerId(Strings.padStart(Integer.toHexString(number), 64, '0'));
        return with(like, id, "web" + number, like.labels(), ImmutableSortedSet.of(ContainerPort.tcp(80)));
    }

    private static ContainerSnapshot with(
            ContainerSnapshot like,
            ContainerId id,
            String name,
            ImmutableMap<String, String> labels,
            ImmutableSortedSet<ContainerPort> ports) {
        return new ContainerSnapshot(
                id,
                name,
                like.image(),
                like.created(),
                like.startedAt(),
                like.state(),
                like.exitCode(),
                like.health(),
                like.stop(),
                like.env(),
                labels,
                ports,
                ImmutableSortedMap.copyOf(
                        Maps.filterKeys(like.bindings(), ports::contains)),
                like.networkMode(),
                like.networks(),
                like.document());
    }
}
