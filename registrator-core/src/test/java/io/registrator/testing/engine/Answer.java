package io.registrator.testing.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** What the engine says to one request: an answer of its own, or one that a test puts in its place. */
public sealed interface Answer {

    /** Well-formed, with the headers that the engine sends. */
    record Whole(int status, String contentType, byte[] body) implements Answer {}

    /** The events for a subscriber, who is sent none before the head. */
    record Events(EventSubscriber subscriber) implements Answer {}

    /** These bytes, whatever they are. */
    record Raw(byte[] bytes, Ending ending) implements Answer {}

    /** What happens after the bytes have been sent. */
    enum Ending {
        /** The connection closes. */
        CLOSE,
        /** Nothing, until the other side closes. */
        HANG
    }

    static Answer json(int status, String body) {
        return new Whole(status, "application/json", body.getBytes(UTF_8));
    }

    /** The engine's way of saying no. */
    static Answer error(int status, String message) {
        return json(status, "{\"message\":" + Json.text(message) + "}\n");
    }

    /** As of a proxy whose engine is away. */
    static Answer htmlErrorPage() {
        String page = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n";
        return new Whole(502, "text/html", page.getBytes(UTF_8));
    }

    /** Takes the request and says nothing. */
    static Answer silence() {
        return new Raw(new byte[0], Ending.HANG);
    }

    /** Closes the connection without a word. */
    static Answer hangUp() {
        return new Raw(new byte[0], Ending.CLOSE);
    }

    /** A body that was announced as longer than it comes. */
    static Answer cutShort(String sent) {
        return raw("Content-Length: " + (sent.length() + 100) + "\r\n\r\n" + sent, Ending.CLOSE);
    }

    /** A stream of one chunk, a character a byte. */
    static Answer stream(String chunk, Ending ending) {
        String framed = chunk.isEmpty() ? "" : Integer.toHexString(chunk.length()) + "\r\n" + chunk + "\r\n";
        return raw("Transfer-Encoding: chunked\r\n\r\n" + framed, ending);
    }

    private static Answer raw(String fromFraming, Ending ending) {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
        return new Raw((head + fromFraming).getBytes(ISO_8859_1), ending);
    }
}
