package io.registrator.http;

import java.io.IOException;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;

/** How connections are turned into TLS ones. */
final class TlsStrategies {
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
                        TlsContexts.of(settings),
                        HostnameVerificationPolicy.BUILTIN,
                        HttpsSupport.getDefaultHostnameVerifier())
                : new DefaultClientTlsStrategy(
                        TlsContexts.of(settings), HostnameVerificationPolicy.CLIENT, NoopHostnameVerifier.INSTANCE);
    }
}
