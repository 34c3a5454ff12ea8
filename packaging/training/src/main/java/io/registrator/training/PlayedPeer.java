package io.registrator.training;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.HttpServerRequestHandler;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/** What somebody who is not there would answer. */
interface PlayedPeer {
    /** As an engine says it. */
    HttpEntity ABSENT = new StringEntity("{\"message\": \"No such container\"}", ContentType.APPLICATION_JSON);

    /** @return the body; empty for what is not there */
    Optional<HttpEntity> answer(String path, ClassicHttpRequest request) throws IOException;

    static HttpEntity json(JsonElement json) {
        return new StringEntity(json.toString(), ContentType.APPLICATION_JSON);
    }

    /** For a server. */
    default HttpServerRequestHandler handler() {
        return (request, trigger, context) -> {
            String target = request.getPath();
            int query = target.indexOf('?');
            Optional<HttpEntity> body = answer(query < 0 ? target : target.substring(0, query), request);
            BasicClassicHttpResponse response =
                    new BasicClassicHttpResponse(body.isPresent() ? HttpStatus.SC_OK : HttpStatus.SC_NOT_FOUND);
            response.setEntity(body.orElse(ABSENT));
            trigger.submitResponse(response);
        };
    }
}
