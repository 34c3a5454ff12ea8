package io.registrator.net.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Makes TLS contexts from PEM files with what the JDK has. */
public final class TlsContexts {
    private static final char[] NO_PASSWORD = new char[0];

    private TlsContexts() {}

    /**
     * Reads the files now, so that a bad one is told at start-up.
     *
     * @throws IOException when a file is missing or unreadable; the message names it
     */
    public static SSLContext of(TlsSettings settings) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(settings), trustManagers(settings), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private static KeyManager @Nullable [] keyManagers(TlsSettings settings)
            throws GeneralSecurityException, IOException {
        if (settings.certFile() == null || settings.keyFile() == null) {
            return null;
        }
        KeyStore store = emptyStore();
        X509Certificate[] chain = Pem.read(settings.certFile()).certificates().toArray(X509Certificate[]::new);
        store.setKeyEntry("client", Pem.read(settings.keyFile()).privateKey(), NO_PASSWORD, chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static TrustManager @Nullable [] trustManagers(TlsSettings settings)
            throws GeneralSecurityException, IOException {
        if (!settings.verify()) {
            return new TrustManager[] {new TrustAnybody()};
        }
        return settings.caFile() == null ? null : trustIn(settings.caFile());
    }

    private static List<X509Certificate> authorities(Path fileOrFolder) throws IOException {
        if (!Files.isDirectory(fileOrFolder)) {
            return Pem.read(fileOrFolder).certificates();
        }
        List<X509Certificate> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(fileOrFolder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                all.addAll(Pem.read(file).certificates());
            }
        } catch (UncheckedIOException unreadable) {
            throw new IOException(fileOrFolder + ": cannot be read: " + unreadable.getMessage(), unreadable);
        }
        if (all.isEmpty()) {
            throw new IOException(fileOrFolder + ": holds no files");
        }
        return all;
    }

    private static TrustManager[] trustIn(Path caFile) throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        List<X509Certificate> authorities = authorities(caFile);
        for (int i = 0; i < authorities.size(); i++) {
            store.setCertificateEntry("ca" + i, authorities.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
