package io.registrator.net.http;

import java.io.IOException;
import javax.net.ssl.SSLException;
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

    /** For plain connections: the usual one reads all certificates of the host first. */
    static TlsSocketStrategy none() {
        return (socket, host, port, attachment, context) -> {
            throw new SSLException("no TLS was asked for");
        };
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
