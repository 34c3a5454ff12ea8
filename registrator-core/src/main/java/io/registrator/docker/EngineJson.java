package io.registrator.docker;

import com.google.gson.JsonElement;
import com.google.gson.JsonIOException;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;

/** The engine's answers, read strictly: RFC 8259, one document an answer. */
final class EngineJson {
    private EngineJson() {}

    /**
     * What {@code reading} makes of the one document, all of which is read.
     *
     * @throws BrokenJsonException when it is none, or not the only one
     */
    static <T> T read(InputStream body, EngineHttp.Reading<T> reading) throws IOException {
        return read(new InputStreamReader(body, StandardCharsets.UTF_8), reading);
    }

    /** @throws BrokenJsonException when the text is no document */
    static JsonElement parse(String text) throws BrokenJsonException {
        return parse(text, EngineJson::element);
    }

    /**
     * What {@code reading} makes of the one document.
     *
     * @throws BrokenJsonException when the text is none
     */
    static <T> T parse(String text, EngineHttp.Reading<T> reading) throws BrokenJsonException {
        try {
            return read(new StringReader(text), reading);
        } catch (BrokenJsonException e) {
            throw e;
        } catch (IOException e) {
            throw new AssertionError("a text cannot be unreadable", e);
        }
    }

    /** The next value, of any kind. */
    static JsonElement element(JsonReader json) throws IOException {
        try {
            return JsonParser.parseReader(json);
        } catch (JsonIOException e) {
            if (e.getCause() instanceof IOException thrown) {
                throw thrown;
            }
            throw e;
        }
    }

    /** The next value; of an object only the members that are named, each as its reading says. */
    static JsonElement members(JsonReader json, Map<String, EngineHttp.Reading<JsonElement>> readings)
            throws IOException {
        if (json.peek() != JsonToken.BEGIN_OBJECT) {
            return element(json);
        }
        var object = new JsonObject();
        json.beginObject();
        while (json.hasNext()) {
            var name = json.nextName();
            var reading = readings.get(name);
            if (reading == null) {
                json.skipValue();
            } else {
                object.add(name, reading.of(json));
            }
        }
        json.endObject();
        return object;
    }

    /** Each element of a list, none of which is kept. */
    static void forEach(JsonReader json, Consumer<JsonElement> row) throws IOException {
        if (json.peek() != JsonToken.BEGIN_ARRAY) {
            throw new IllegalArgumentException("not a list but " + element(json));
        }
        json.beginArray();
        while (json.hasNext()) {
            row.accept(element(json));
        }
        json.endArray();
    }

    private static <T> T read(Reader text, EngineHttp.Reading<T> reading) throws IOException {
        try {
            var json = new JsonReader(text);
            json.setStrictness(Strictness.STRICT);
            T result = reading.of(json);
            if (json.peek() != JsonToken.END_DOCUMENT) {
                throw new BrokenJsonException("more than one document");
            }
            return result;
        } catch (MalformedJsonException | EOFException e) {
            throw broken(e);
        } catch (JsonParseException e) {
            throw broken(e.getCause() instanceof Exception cause ? cause : e);
        }
    }

    /** Gson's reasons go on with a link in a second line. */
    private static BrokenJsonException broken(Exception reason) {
        var message = String.valueOf(reason.getMessage());
        return new BrokenJsonException(message.lines().findFirst().orElse(""), reason);
    }
}
