package io.registrator.testing.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The requests and answers of one connection. */
final class Conversation {
    private static final int BUFFER = 16_384;
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final byte[] END_OF_CHUNK = {'\r', '\n'};

    private final SocketChannel client;
    private final Peer peer;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private final StringBuilder unread = new StringBuilder();

    /** Who answers. */
    interface Peer {
        /** Says how a request is answered; this may take its time. */
        Answer answer(Request request) throws InterruptedException;

        /** The first lines of an answer, up to those of its framing. */
        String head(int status, String contentType);

        /** The head has been sent. */
        void begins(EventSubscriber subscriber);

        void ended(EventSubscriber subscriber);
    }

    Conversation(SocketChannel client, Peer peer) {
        this.client = client;
        this.peer = peer;
    }

    /** Until one of the two hangs up. */
    void run() {
        try {
            boolean more;
            do {
                more = answerOne();
            } while (more);
        } catch (IOException gone) {
            // The other side has closed, or the listener has.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean answerOne() throws IOException, InterruptedException {
        String head = readHead();
        if (head == null) {
            return false;
        }
        Request request = Request.of(head);
        if (request == null) {
            whole(new Answer.Whole(400, "text/plain; charset=utf-8", "400 Bad Request".getBytes(ISO_8859_1)), false);
            return false;
        }
        return switch (peer.answer(request)) {
            case Answer.Whole whole -> {
                whole(whole, request.method().equals("HEAD"));
                yield request.keepsAlive();
            }
            case Answer.Raw raw -> {
                write(ByteBuffer.wrap(raw.bytes()));
                if (raw.ending() == Answer.Ending.HANG) {
                    awaitClose();
                }
                yield false;
            }
            case Answer.Events events -> {
                stream(events);
                yield false;
            }
        };
    }

    /** Null at the end of the connection. */
    private @Nullable String readHead() throws IOException {
        int end;
        while ((end = unread.indexOf(END_OF_HEAD)) < 0) {
            if (client.read(buffer.clear()) < 0) {
                return null;
            }
            unread.append(ISO_8859_1.decode(buffer.flip()));
        }
        String head = unread.substring(0, end + END_OF_HEAD.length());
        unread.delete(0, head.length());
        return head;
    }

    private void whole(Answer.Whole answer, boolean headAlone) throws IOException {
        String head = peer.head(answer.status(), answer.contentType()) + "Content-Length: " + answer.body().length;
        write(bytes(head + END_OF_HEAD), ByteBuffer.wrap(headAlone ? new byte[0] : answer.body()));
    }

    private void stream(Answer.Events events) throws IOException, InterruptedException {
        write(bytes(peer.head(200, "application/json") + "Transfer-Encoding: chunked" + END_OF_HEAD));
        EventSubscriber subscriber = events.subscriber();
        peer.begins(subscriber);
        Thread.ofVirtual().name("engine-stream").start(() -> endWhenClosed(subscriber));
        for (byte[] lines; (lines = subscriber.take()).length > 0; ) {
            String size = Integer.toHexString(lines.length) + "\r\n";
            write(bytes(size), ByteBuffer.wrap(lines), ByteBuffer.wrap(END_OF_CHUNK));
        }
    }

    private void endWhenClosed(EventSubscriber subscriber) {
        try {
            awaitClose();
        } catch (IOException closed) {
            // As well.
        } finally {
            peer.ended(subscriber);
        }
    }

    private void awaitClose() throws IOException {
        ByteBuffer ignored = ByteBuffer.allocate(1024);
        int count;
        do {
            count = client.read(ignored.clear());
        } while (count >= 0);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    }

    private void write(ByteBuffer... parts) throws IOException {
        while (Arrays.stream(parts).anyMatch(ByteBuffer::hasRemaining)) {
            client.write(parts);
        }
    }
}
