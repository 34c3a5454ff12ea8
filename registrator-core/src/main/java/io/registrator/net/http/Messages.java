package io.registrator.net.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.MessageHeaders;
import org.apache.hc.core5.http.io.entity.StringEntity;

/** Our requests and replies as Apache's, and back. */
final class Messages {
    private final int maxReplyBytes;

    Messages(int maxReplyBytes) {
        this.maxReplyBytes = maxReplyBytes;
    }

    HttpUriRequestBase request(HttpCall call) {
        HttpUriRequestBase request = new HttpUriRequestBase(call.method(), URI.create(call.target()));
        call.headers().forEach(request::setHeader);
        if (!call.body().isEmpty()) {
            request.setEntity(new StringEntity(call.body(), ContentType.APPLICATION_JSON));
        }
        return request;
    }

    HttpReply reply(ClassicHttpResponse response) throws IOException {
        return new HttpReply(response.getCode(), headers(response), body(response.getEntity()));
    }

    private String body(HttpEntity entity) throws IOException {
        InputStream content = entity == null ? InputStream.nullInputStream() : entity.getContent();
        byte[] bytes = content.readNBytes(maxReplyBytes + 1);
        if (bytes.length > maxReplyBytes) {
            throw new OversizedReplyException(maxReplyBytes);
        }
        return new String(bytes, UTF_8);
    }

    private static ImmutableMap<String, String> headers(MessageHeaders message) {
        ImmutableMap.Builder<String, String> headers = ImmutableMap.builder();
        for (Header header : message.getHeaders()) {
            headers.put(Ascii.toLowerCase(header.getName()), header.getValue());
        }
        return headers.buildKeepingLast();
    }
}
