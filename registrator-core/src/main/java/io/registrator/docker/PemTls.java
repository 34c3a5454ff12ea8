package io.registrator.docker;

import com.github.dockerjava.transport.SSLConfig;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS from a folder as {@code DOCKER_CERT_PATH} names one: {@code ca.pem} to trust, and {@code cert.pem} with {@code
 * key.pem} to be trusted. docker-java's own reader of such folders needs Bouncy Castle, eight megabytes for what the JDK
 * can do.
 */
final class PemTls implements SSLConfig {
    private static final char[] NO_PASSWORD = {};

    private final SSLContext context;

    private PemTls(SSLContext context) {
        this.context = context;
    }

    /**
     * Reads the folder now, so that a bad file is told at start-up.
     *
     * @throws IllegalArgumentException when a file is missing or unreadable
     */
    static PemTls from(Path folder) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(own(folder), trusted(folder), null);
            return new PemTls(context);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("cannot use the TLS files in " + folder + ": " + e, e);
        }
    }

    @Override
    public SSLContext getSSLContext() {
        return context;
    }

    private static TrustManager[] trusted(Path folder) throws IOException, GeneralSecurityException {
        var store = emptyStore();
        for (var certificate : certificates(folder.resolve("ca.pem"))) {
            store.setCertificateEntry("ca" + store.size(), certificate);
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /** Null for an engine that asks for no certificate of ours. */
    private static KeyManager @Nullable [] own(Path folder) throws IOException, GeneralSecurityException {
        var certificate = folder.resolve("cert.pem");
        var key = folder.resolve("key.pem");
        return Files.exists(certificate) || Files.exists(key) ? own(certificate, key) : null;
    }

    private static KeyManager[] own(Path certificate, Path key) throws IOException, GeneralSecurityException {
        var store = emptyStore();
        var chain = certificates(certificate).toArray(Certificate[]::new);
        store.setKeyEntry("own", PemKey.parse(Files.readString(key)), NO_PASSWORD, chain);
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        return store;
    }

    private static ImmutableList<Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(file)) {
            return ImmutableList.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
        }
    }
}
