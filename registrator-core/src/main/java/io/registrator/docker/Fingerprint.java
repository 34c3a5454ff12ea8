package io.registrator.docker;

import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerHostConfig;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ContainerNetworkSettings;
import com.github.dockerjava.api.model.ContainerPort;
import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A digest of all that a row of the listing says of a container and that can change what an inspect shows. Time that
 * merely passes ({@code Up 3 minutes}) does not change it, nor does the order of ports, labels or networks.
 */
final class Fingerprint {
    /** What a status says beyond the time: {@code (healthy)}, {@code (Paused)}, an exit code. */
    private static final Pattern REMARK = Pattern.compile("\\([^)]*\\)");

    private static final Joiner FIELDS = Joiner.on('\u0000').useForNull("");

    private Fingerprint() {}

    static String of(Container row) {
        var fields = FIELDS.join(
                sorted(row.getNames()),
                row.getImage(),
                row.getImageId(),
                row.getState(),
                remarks(row.getStatus()),
                sorted(row.getPorts()),
                networkMode(row.getHostConfig()),
                networks(row.getNetworkSettings()),
                sorted(row.getLabels()));
        return Hashing.sha256().hashString(fields, StandardCharsets.UTF_8).toString();
    }

    private static String remarks(@Nullable String status) {
        return REMARK.matcher(Optional.ofNullable(status).orElse(""))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.joining());
    }

    private static String sorted(String @Nullable [] names) {
        return names == null ? "" : Arrays.stream(names).sorted().collect(Collectors.joining(","));
    }

    private static String sorted(ContainerPort @Nullable [] ports) {
        return ports == null
                ? ""
                : Arrays.stream(ports).map(Fingerprint::words).sorted().collect(Collectors.joining(","));
    }

    private static String sorted(@Nullable Map<String, ?> entries) {
        return entries == null ? "" : ImmutableSortedMap.copyOf(entries).toString();
    }

    private static String words(ContainerPort port) {
        return "%s:%s->%s/%s".formatted(port.getIp(), port.getPublicPort(), port.getPrivatePort(), port.getType());
    }

    private static String networkMode(@Nullable ContainerHostConfig config) {
        return config == null ? "" : String.valueOf(config.getNetworkMode());
    }

    private static String networks(@Nullable ContainerNetworkSettings settings) {
        return Optional.ofNullable(settings).map(ContainerNetworkSettings::getNetworks).stream()
                .flatMap(networks -> networks.entrySet().stream())
                .map(network -> network.getKey() + "=" + addresses(network.getValue()))
                .sorted()
                .collect(Collectors.joining(","));
    }

    private static String addresses(@Nullable ContainerNetwork network) {
        return network == null ? "" : network.getIpAddress() + "|" + network.getGlobalIPv6Address();
    }
}
