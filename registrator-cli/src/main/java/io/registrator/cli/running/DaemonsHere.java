package io.registrator.cli.running;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.gson.Gson;
import io.registrator.net.http.HttpCall;
import io.registrator.net.http.HttpEndpoint;
import io.registrator.net.http.HttpReply;
import io.registrator.net.http.HttpSettings;
import io.registrator.net.http.HttpTransport;
import io.registrator.net.http.TlsSettings;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The daemons that answer on this host.
 *
 * @param lines how they were started, by process ID
 * @param closed folders in which there may be more, which this user may not open
 */
public record DaemonsHere(ImmutableList<DaemonLine> lines, ImmutableList<Path> closed) {
    /** None at all. */
    public static final DaemonsHere NONE = new DaemonsHere(ImmutableList.of(), ImmutableList.of());

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final int OK = 200;

    /** Asks all of them. Whoever does not answer is not there. */
    public static DaemonsHere find(Map<String, String> environment) {
        ImmutableList.Builder<DaemonLine> lines = ImmutableList.builder();
        ImmutableList.Builder<Path> closed = ImmutableList.builder();
        try {
            for (Path folder : DaemonFolder.all(environment)) {
                try {
                    lines.addAll(ask(folder));
                } catch (AccessDeniedException notOurs) {
                    closed.add(folder);
                }
            }
        } catch (IOException nothing) {
            return NONE;
        }
        return new DaemonsHere(
                lines.build().stream()
                        .sorted((one, other) -> Long.compare(one.pid(), other.pid()))
                        .collect(ImmutableList.toImmutableList()),
                closed.build());
    }

    private static ImmutableList<DaemonLine> ask(Path folder) throws IOException {
        ImmutableList.Builder<DaemonLine> lines = ImmutableList.builder();
        try (DirectoryStream<Path> sockets = Files.newDirectoryStream(folder, "*" + DaemonSocket.ENDING)) {
            sockets.forEach(socket -> settings(socket).ifPresent(lines::add));
        } catch (NoSuchFileException nobody) {
            return ImmutableList.of();
        } catch (DirectoryIteratorException broken) {
            throw broken.getCause();
        }
        return lines.build();
    }

    private static Optional<DaemonLine> settings(Path socket) {
        HttpSettings settings = HttpSettings.of(new HttpEndpoint.Unix(socket), TlsSettings.DEFAULT, 1);
        try (HttpTransport transport = HttpTransport.open(settings)) {
            HttpReply reply =
                    transport.send(new HttpCall("GET", DaemonSocket.SETTINGS, ImmutableMap.of(), "", DEADLINE));
            return reply.status() == OK
                    ? Optional.ofNullable(new Gson().fromJson(reply.body(), DaemonLine.class))
                    : Optional.empty();
        } catch (IOException | RuntimeException noDaemon) {
            return Optional.empty();
        }
    }
}
