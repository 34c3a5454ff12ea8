package io.registrator.http;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.jspecify.annotations.Nullable;

/** How connections are turned into TLS ones. */
final class TlsStrategies {
    private static final char[] NO_PASSWORD = new char[0];

    private TlsStrategies() {}

    static TlsSocketStrategy of(TlsSettings settings) throws IOException {
        DefaultClientTlsStrategy strategy = strategy(settings);
        String serverName = settings.serverName();
        return serverName == null
                ? strategy
                : (socket, ignored, port, attachment, context) ->
                        strategy.upgrade(socket, serverName, port, attachment, context);
    }

    private static DefaultClientTlsStrategy strategy(TlsSettings settings) throws IOException {
        return settings.verify()
                ? new DefaultClientTlsStrategy(
                        context(settings),
                        HostnameVerificationPolicy.BUILTIN,
                        HttpsSupport.getDefaultHostnameVerifier())
                : new DefaultClientTlsStrategy(
                        context(settings), HostnameVerificationPolicy.CLIENT, NoopHostnameVerifier.INSTANCE);
    }

    private static SSLContext context(TlsSettings settings) throws IOException {
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

    private static TrustManager[] trustIn(Path caFile) throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        List<X509Certificate> authorities = Pem.read(caFile).certificates();
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
