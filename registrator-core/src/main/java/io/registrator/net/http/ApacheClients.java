package io.registrator.net.http;

import java.io.IOException;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Apache's client, set up for one server and stripped of what a browser would do. */
final class ApacheClients {
    /**
     * A TLS connection that has rested longer is looked at before it is used, which costs a millisecond: it does not always
     * break in the ways after which a request is sent again.
     */
    private static final TimeValue TRUSTED_REST = TimeValue.ofSeconds(2);

    /** Each connection has three of them, of 32 KiB each by default. */
    private static final Http1Config SMALL_BUFFERS =
            Http1Config.custom().setBufferSize(8192).build();

    /** After a restart of the server all of them are. */
    private static final int MOST_DEAD = 16;

    private ApacheClients() {}

    static CloseableHttpClient create(HttpSettings settings) throws IOException {
        return HttpClients.custom()
                .setConnectionManager(pool(settings))
                .setDefaultRequestConfig(requests(settings.endpoint()))
                .setRetryStrategy(new RetryOnStaleConnection(settings.replacesDead() ? MOST_DEAD : 0))
                .setUserAgent("registrator")
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    static HttpHost host(HttpEndpoint endpoint) {
        return switch (endpoint) {
            case HttpEndpoint.Tcp tcp ->
                new HttpHost(
                        tcp.tls() ? "https" : "http",
                        tcp.address().getHost(),
                        tcp.address().getPort());
            case HttpEndpoint.Unix ignored -> new HttpHost("http", "localhost", 80);
        };
    }

    private static RequestConfig requests(HttpEndpoint endpoint) {
        RequestConfig.Builder config = RequestConfig.custom();
        if (endpoint instanceof HttpEndpoint.Unix unix) {
            config.setUnixDomainSocket(unix.socket());
        }
        return config.build();
    }

    private static PoolingHttpClientConnectionManager pool(HttpSettings settings) throws IOException {
        PoolingHttpClientConnectionManagerBuilder pool = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(settings.connections())
                .setMaxConnPerRoute(settings.connections())
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(SMALL_BUFFERS)
                        .build())
                .setDefaultConnectionConfig(connections(settings));
        pool.setTlsSocketStrategy(isTls(settings.endpoint()) ? TlsStrategies.of(settings.tls()) : TlsStrategies.none());
        return pool.build();
    }

    private static ConnectionConfig connections(HttpSettings settings) {
        return ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                .setValidateAfterInactivity(
                        settings.replacesDead() && isTls(settings.endpoint())
                                ? TRUSTED_REST
                                : TimeValue.NEG_ONE_MILLISECOND)
                .build();
    }

    private static boolean isTls(HttpEndpoint endpoint) {
        return endpoint instanceof HttpEndpoint.Tcp tcp && tcp.tls();
    }
}
