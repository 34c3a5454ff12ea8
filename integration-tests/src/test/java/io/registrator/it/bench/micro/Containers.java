package io.registrator.it.bench.micro;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import io.registrator.engine.docker.InspectAnswers;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerPort;
import io.registrator.model.ContainerSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Containers like one that a real engine has shown: four exposed ports, two of them published to other hosts. */
final class Containers {
    static final String ANSWER = "engine-20.10/published.json";

    private static final ContainerPort HTTP = ContainerPort.tcp(80);
    private static final ImmutableSet<ContainerPort> PUBLISHED = ImmutableSet.of(HTTP, ContainerPort.udp(9));

    private Containers() {}

    static ContainerSnapshot plain() {
        return labelled(recorded().labels());
    }

    static ContainerSnapshot labelled(ImmutableMap<String, String> labels) {
        ContainerSnapshot like = recorded();
        return with(like, like.id(), like.name(), labels, PUBLISHED);
    }

    /** One of many, which publishes one port. */
    static ContainerSnapshot numbered(int number) {
        ContainerSnapshot like = recorded();
        ContainerId id = new ContainerId(Strings.padStart(Integer.toHexString(number), 64, '0'));
        return with(like, id, "web" + number, like.labels(), ImmutableSet.of(HTTP));
    }

    private static ContainerSnapshot recorded() {
        try {
            return InspectAnswers.read(InspectAnswers.recorded(ANSWER), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ContainerSnapshot with(
            ContainerSnapshot like,
            ContainerId id,
            String name,
            ImmutableMap<String, String> labels,
            ImmutableSet<ContainerPort> published) {
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
                like.exposedPorts(),
                ImmutableSortedMap.copyOf(Maps.filterKeys(like.bindings(), published::contains)),
                like.networkMode(),
                like.networks(),
                like.document());
    }
}
