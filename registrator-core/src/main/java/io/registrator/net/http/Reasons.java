package io.registrator.net.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.TruncatedChunkException;

/** Why exchanges fail, in few words for people. */
final class Reasons {
    private final boolean anonymousTls;

    /** @param anonymousTls whether TLS is spoken and no client certificate shown */
    Reasons(boolean anonymousTls) {
        this.anonymousTls = anonymousTls;
    }

    IOException of(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        String advice = anonymousTls && mayWantCertificate(cause) ? " (it may ask for a client certificate)" : "";
        return new IOException(words(cause) + advice, cause);
    }

    /** With TLS 1.3 a server learns that there is none after the handshake, and often just hangs up. */
    private static boolean mayWantCertificate(Throwable cause) {
        return switch (cause) {
            case ConnectException ignored -> false;
            case SocketException ignored -> true;
            case NoHttpResponseException ignored -> true;
            case SSLException e ->
                firstLine(e).contains("certificate_required") || firstLine(e).contains("bad_certificate");
            default -> false;
        };
    }

    static String words(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    private static String words(Throwable cause) {
        return switch (cause) {
            case ConnectTimeoutException ignored -> "no connection in time";
            case SocketTimeoutException ignored -> "no answer in time";
            case UnknownHostException e -> "unknown host " + firstLine(e);
            case HttpHostConnectException e -> refusal(e);
            case ConnectException e -> refusal(e);
            case NoHttpResponseException ignored -> "connection closed without an answer";
            case TruncatedChunkException ignored -> "connection closed in the middle of the answer";
            case ConnectionClosedException ignored -> "connection closed in the middle of the answer";
            case SSLException e -> "TLS: " + firstLine(e);
            case ClosedChannelException ignored -> "connection closed";
            // How Apache's unix sockets end a read when the connection is closed under it.
            case IllegalStateException ignored -> "connection closed";
            default -> firstLine(cause);
        };
    }

    private static String refusal(ConnectException e) {
        String text = firstLine(e);
        return text.contains("refused") ? "connection refused" : text;
    }

    private static String firstLine(Throwable cause) {
        String message = cause.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
