package io.registrator.engine.docker;

/**
 * What the fake engine sends, byte for byte, and what it does then.
 *
 * @param bytes a character a byte (ISO 8859-1); may be cut short, or no HTTP at all
 */
record Reply(String bytes, Ending ending) {

    enum Ending {
        /** Reads the next request from the connection. */
        KEEP,
        /** Closes the connection. */
        CLOSE,
        /** Sends no more, until the other side closes. */
        HANG
    }

    /** Takes the request and says nothing. */
    static Reply silence() {
        return new Reply("", Ending.HANG);
    }

    /** Closes the connection without a word. */
    static Reply hangUp() {
        return new Reply("", Ending.CLOSE);
    }

    static Reply of(int status, String body) {
        return new Reply(head(status, "Content-Length: " + body.length()) + body, Ending.KEEP);
    }

    /** An empty answer of the given time, such as {@code Tue, 14 Nov 2023 22:13:20 GMT}. */
    static Reply dated(String date) {
        return new Reply(head(200, "Content-Length: 0\r\nDate: " + date), Ending.KEEP);
    }

    /** A body that was announced as longer. */
    static Reply cutShort(String sent) {
        return new Reply(head(200, "Content-Length: " + (sent.length() + 100)) + sent, Ending.CLOSE);
    }

    /** An answer without end, such as the event stream. */
    static Reply stream(String chunk) {
        return new Reply(chunked(chunk), Ending.HANG);
    }

    /** A stream that ends in order. */
    static Reply endedStream(String chunk) {
        return new Reply(chunked(chunk) + "0\r\n\r\n", Ending.KEEP);
    }

    /** A stream whose connection is cut. */
    static Reply cutStream(String chunk) {
        return new Reply(chunked(chunk), Ending.CLOSE);
    }

    private static String chunked(String chunk) {
        var head = head(200, "Transfer-Encoding: chunked");
        return chunk.isEmpty() ? head : head + Integer.toHexString(chunk.length()) + "\r\n" + chunk + "\r\n";
    }

    private static String head(int status, String framing) {
        return "HTTP/1.1 " + status + " Status\r\nContent-Type: application/json\r\n" + framing + "\r\n\r\n";
    }
}
