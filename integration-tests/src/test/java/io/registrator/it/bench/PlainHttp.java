package io.registrator.it.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/** One kept-alive connection that sends a request and reads its answer, with as little around it as can be. */
final class PlainHttp implements AutoCloseable {
    private static final int BUFFER = 65536;
    private static final String LENGTH = "content-length: ";
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(UTF_8);

    private final SocketChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

    private PlainHttp(SocketChannel channel) {
        this.channel = channel;
    }

    static PlainHttp unix(UnixDomainSocketAddress address) throws IOException {
        return new PlainHttp(SocketChannel.open((SocketAddress) address));
    }

    static PlainHttp tcp(String host, int port) throws IOException {
        return new PlainHttp(SocketChannel.open(new InetSocketAddress(host, port)));
    }

    /**
     * The body of the answer, chunks and all.
     *
     * @throws IOException when the answer is another than 200, too
     */
    String send(String method, String target, String body) throws IOException {
        ByteBuffer request = UTF_8.encode(method + " " + target + " HTTP/1.1\r\nHost: bench\r\nContent-Length: "
                + UTF_8.encode(body).remaining() + "\r\n\r\n" + body);
        while (request.hasRemaining()) {
            channel.write(request);
        }
        return answer(method + " " + target);
    }

    private String answer(String call) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int end = -1;
        while (end < 0) {
            read(bytes);
            end = bytes.toString(UTF_8).indexOf("\r\n\r\n");
        }
        String head = bytes.toString(UTF_8).substring(0, end);
        if (!head.startsWith("HTTP/1.1 200")) {
            throw new IOException(call + ": " + bytes.toString(UTF_8));
        }
        int length = length(head);
        int begin = end + "\r\n\r\n".length();
        while (length < 0 ? !endsWithLastChunk(bytes) : bytes.size() < begin + length) {
            read(bytes);
        }
        return bytes.toString(UTF_8).substring(begin);
    }

    private static int length(String head) {
        for (String line : head.split("\r\n", -1)) {
            if (line.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                return Integer.parseInt(line.substring(LENGTH.length()));
            }
        }
        return -1;
    }

    private static boolean endsWithLastChunk(ByteArrayOutputStream bytes) {
        byte[] all = bytes.toByteArray();
        int start = all.length - LAST_CHUNK.length;
        return start >= 0 && Arrays.equals(all, start, all.length, LAST_CHUNK, 0, LAST_CHUNK.length);
    }

    private void read(ByteArrayOutputStream bytes) throws IOException {
        if (channel.read(buffer.clear()) < 0) {
            throw new EOFException("closed by the other side");
        }
        bytes.write(buffer.array(), 0, buffer.position());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
