package io.registrator.engine.docker;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ContainerNetworkSettings;
import com.github.dockerjava.api.model.ContainerPort;
import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import io.registrator.model.ContainerId;
import io.registrator.reconcile.ContainerSource.ContainerListing;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The engine's rows → ours, in the order of their IDs. */
final class ListingMapper {
    private static final CharMatcher SLASH = CharMatcher.is('/');

    /** What a status says beyond the time: {@code (healthy)}, {@code (Paused)}, an exit code. */
    private static final Pattern REMARK = Pattern.compile("\\([^)]*\\)");

    private ListingMapper() {}

    /** @throws IllegalArgumentException of a row without an ID */
    static ImmutableList<ContainerListing> map(List<Container> rows) {
        return rows.stream()
                .map(ListingMapper::map)
                .sorted(Comparator.comparing(ContainerListing::id))
                .collect(toImmutableList());
    }

    private static ContainerListing map(@Nullable Container row) {
        if (row == null || row.getId() == null) {
            throw new IllegalArgumentException("a row of the listing without Id");
        }
        var id = new ContainerId(row.getId());
        return new ContainerListing(id, name(row).orElseGet(id::shortId), fingerprint(row));
    }

    /** Links add names like {@code /other/alias}; a container that is being removed may have none. */
    private static Optional<String> name(Container row) {
        return names(row).map(SLASH::trimLeadingFrom).min(Comparator.comparingInt(SLASH::countIn));
    }

    private static Stream<String> names(Container row) {
        return Optional.ofNullable(row.getNames()).stream().flatMap(Stream::of);
    }

    /**
     * A digest of all that a row says of a container and that can change what an inspect shows. Time that merely passes
     * ({@code Up 3 minutes}) does not change it, nor does the order of ports or networks. Labels are left out: they stay as
     * they were when the container was made, and may be long.
     */
    private static String fingerprint(Container row) {
        var told = Stream.of(
                        names(row).sorted().toList(),
                        row.getImage(),
                        row.getImageId(),
                        row.getState(),
                        remarks(row),
                        ports(row),
                        networkMode(row),
                        networks(row))
                .map(String::valueOf)
                .toList();
        return Hashing.sha256()
                .hashString(told.toString(), StandardCharsets.UTF_8)
                .toString();
    }

    private static List<String> remarks(Container row) {
        return REMARK.matcher(Objects.requireNonNullElse(row.getStatus(), ""))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static List<String> ports(Container row) {
        return Optional.ofNullable(row.getPorts()).stream()
                .flatMap(Stream::of)
                .map(ListingMapper::port)
                .sorted()
                .toList();
    }

    private static String port(ContainerPort port) {
        return port.getIp() + ":" + port.getPublicPort() + ">" + port.getPrivatePort() + "/" + port.getType();
    }

    private static @Nullable String networkMode(Container row) {
        return row.getHostConfig() == null ? null : row.getHostConfig().getNetworkMode();
    }

    private static List<String> networks(Container row) {
        return Optional.ofNullable(row.getNetworkSettings())
                .map(ContainerNetworkSettings::getNetworks)
                .orElse(Map.of())
                .entrySet()
                .stream()
                .map(network -> network.getKey() + "=" + addresses(network.getValue()))
                .sorted()
                .toList();
    }

    private static String addresses(@Nullable ContainerNetwork network) {
        return network == null ? "" : network.getIpAddress() + "," + network.getGlobalIPv6Address();
    }
}
