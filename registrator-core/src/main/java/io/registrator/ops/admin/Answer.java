package io.registrator.ops.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import java.io.OutputStream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.apache.hc.core5.io.IOCallback;

/** What one request gets. */
record Answer(int status, HttpEntity body) {

    static Answer bytes(ContentType type, byte[] bytes) {
        return new Answer(200, new ByteArrayEntity(bytes, type));
    }

    static Answer json(int status, JsonElement json) {
        return new Answer(status, new ByteArrayEntity((json + "\n").getBytes(UTF_8), ContentType.APPLICATION_JSON));
    }

    static Answer text(int status, String line) {
        return new Answer(
                status, new ByteArrayEntity((line + "\n").getBytes(UTF_8), ContentType.TEXT_PLAIN.withCharset(UTF_8)));
    }

    /** One that goes on until the client leaves. */
    static Answer events(IOCallback<OutputStream> stream) {
        return new Answer(200, new EntityTemplate(ContentType.TEXT_EVENT_STREAM, stream));
    }
}
