package io.registrator.docker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The JSON objects of a stream without end, each on a line and handed on with its last byte. All between them but white
 * space is refused at once, and so is an object that its line does not end, so that a stream that has turned to garbage is
 * noticed, though it may say nothing more.
 */
final class EventDocuments {
    private static final int LONGEST = 1 << 20;

    private final InputStream stream;
    private final Runnable waitsForRest;
    private byte[] buffer = new byte[4096];
    private int begin;
    private int next;
    private int end;
    private int depth;
    private boolean inText;
    private boolean escaped;

    /** @param waitsForRest is told before each wait in the middle of an object */
    EventDocuments(InputStream stream, Runnable waitsForRest) {
        this.stream = stream;
        this.waitsForRest = waitsForRest;
    }

    /**
     * The next object, parsed; null at the end of the stream.
     *
     * @throws BrokenJsonException when what comes is none
     */
    @Nullable
    Fields next() throws IOException {
        while (true) {
            while (next < end) {
                if (endsObject(buffer[next++])) {
                    return object();
                }
            }
            if (!fill()) {
                return null;
            }
        }
    }

    private Fields object() throws IOException {
        var text = new String(buffer, begin, next - begin, StandardCharsets.UTF_8);
        begin = next;
        return Fields.of(EngineJson.parse(text), "an event");
    }

    private boolean endsObject(byte letter) throws BrokenJsonException {
        if (depth == 0) {
            beginObject(letter);
            return false;
        }
        if (letter == '\n') {
            throw new BrokenJsonException("a line ends in the middle of an object");
        }
        if (inText) {
            inText = escaped || letter != '"';
            escaped = !escaped && letter == '\\';
            return false;
        }
        switch (letter) {
            case '"' -> inText = true;
            case '{' -> depth++;
            case '}' -> depth--;
            default -> {}
        }
        return depth == 0;
    }

    private void beginObject(byte letter) throws BrokenJsonException {
        switch (letter) {
            case '{' -> {
                depth = 1;
                begin = next - 1;
            }
            case ' ', '\t', '\r', '\n' -> begin = next;
            default -> throw new BrokenJsonException("not an object but '" + (char) (letter & 0xff) + "'");
        }
    }

    /** False at the end of the stream. */
    private boolean fill() throws IOException {
        makeRoom();
        if (depth > 0) {
            waitsForRest.run();
        }
        int count = stream.read(buffer, end, buffer.length - end);
        if (count < 0 && depth > 0) {
            throw new BrokenJsonException("it ends in the middle of an object");
        }
        end += Math.max(count, 0);
        return count >= 0;
    }

    private void makeRoom() throws BrokenJsonException {
        int kept = end - begin;
        if (kept >= LONGEST) {
            throw new BrokenJsonException("an object of more than " + LONGEST + " bytes");
        }
        byte[] roomy = kept * 2 > buffer.length ? new byte[buffer.length * 2] : buffer;
        System.arraycopy(buffer, begin, roomy, 0, kept);
        buffer = roomy;
        begin = 0;
        next = kept;
        end = kept;
    }
}
