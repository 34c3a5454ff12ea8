package io.registrator.engine.docker;

import com.github.dockerjava.transport.SSLConfig;
import io.registrator.net.http.TlsContexts;
import io.registrator.net.http.TlsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;

/**
 * TLS from a folder as {@code DOCKER_CERT_PATH} names one: {@code ca.pem} to trust, and {@code cert.pem} with {@code
 * key.pem} to be trusted, where an engine asks for that. docker-java's own reader of such folders needs Bouncy Castle,
 * eight megabytes for what the JDK can do.
 */
record PemTls(SSLContext context) implements SSLConfig {

    /**
     * Reads the folder now, so that a bad file is told at start-up.
     *
     * @throws IllegalArgumentException when a file is missing or unreadable
     */
    static PemTls from(Path folder) {
        Path certificate = folder.resolve("cert.pem");
        Path key = folder.resolve("key.pem");
        boolean own = Files.exists(certificate) || Files.exists(key);
        try {
            return new PemTls(TlsContexts.of(
                    new TlsSettings(folder.resolve("ca.pem"), own ? certificate : null, own ? key : null, null, true)));
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot use the TLS files in " + folder + ": " + e.getMessage(), e);
        }
    }

    @Override
    public SSLContext getSSLContext() {
        return context;
    }
}
