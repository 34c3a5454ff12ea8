package io.registrator.net.http;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Whom to trust and who to be. All files are PEM.
 *
 * @param caFile one or more CA certificates, or a folder of such files; null for those of the Java runtime
 * @param certFile our certificate, followed by its intermediate ones; null for none
 * @param keyFile the key of {@code certFile}, unencrypted: PKCS#8, or RSA or EC in their own older formats
 * @param serverName the name to ask for and to find in the server's certificate; null for the host that is called
 * @param verify false to trust any server
 */
public record TlsSettings(
        @Nullable Path caFile,
        @Nullable Path certFile,
        @Nullable Path keyFile,
        @Nullable String serverName,
        boolean verify) {
    /** What a browser would do. */
    public static final TlsSettings DEFAULT = new TlsSettings(null, null, null, null, true);

    public TlsSettings {
        if ((certFile == null) != (keyFile == null)) {
            throw new IllegalArgumentException("a client certificate needs both its certificate file and its key file");
        }
    }
}
