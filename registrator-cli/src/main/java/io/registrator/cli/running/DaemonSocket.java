package io.registrator.cli.running;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import io.registrator.ops.admin.AdminServer;
import io.registrator.ops.admin.SocketFile;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket at which commands on this host ask a daemon for its settings. Only its user and root can get to it, so secrets
 * may go over it.
 */
public final class DaemonSocket implements AutoCloseable {
    static final String SETTINGS = "/api/v1/settings";
    static final String ENDING = ".sock";

    private static final Logger LOG = LoggerFactory.getLogger(DaemonSocket.class);

    private final @Nullable AdminServer server;

    private DaemonSocket(@Nullable AdminServer server) {
        this.server = server;
    }

    /** Answers from now on. A daemon that cannot be asked does its work all the same. */
    public static DaemonSocket open(DaemonLine line, Map<String, String> environment) {
        try {
            Path folder = DaemonFolder.make(environment);
            removeAbandoned(folder);
            Path socket = folder.resolve(line.pid() + ENDING);
            LOG.debug("commands ask this daemon at {}", socket);
            return new DaemonSocket(open(socket, new Gson().toJson(line)));
        } catch (IOException | RuntimeException unusable) {
            LOG.warn("commands cannot ask this daemon for its settings, and need its options: {}", unusable.toString());
            return new DaemonSocket(null);
        }
    }

    private static AdminServer open(Path socket, String settings) throws IOException {
        return AdminServer.open(UnixDomainSocketAddress.of(socket), (request, trigger, context) -> {
            boolean isKnown = SETTINGS.equals(request.getPath());
            var response = new BasicClassicHttpResponse(isKnown ? HttpStatus.SC_OK : HttpStatus.SC_NOT_FOUND);
            if (isKnown) {
                response.setEntity(new StringEntity(settings, ContentType.APPLICATION_JSON.withCharset(UTF_8)));
            }
            trigger.submitResponse(response);
        });
    }

    /** What daemons that were killed have left. */
    private static void removeAbandoned(Path folder) throws IOException {
        try (DirectoryStream<Path> sockets = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (Path socket : sockets) {
                if (SocketFile.isAbandoned(socket)) {
                    Files.deleteIfExists(socket);
                }
            }
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
