package io.registrator.net.http;

import com.google.common.primitives.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** As much of ASN.1's DER as wrapping a key takes. What is malformed is an {@link IllegalArgumentException}. */
final class Der {
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int LONG_FORM = 0x80;

    private Der() {}

    static byte[] sequence(byte[]... parts) {
        return element(SEQUENCE, Bytes.concat(parts));
    }

    static byte[] octets(byte[] content) {
        return element(OCTETS, content);
    }

    /** What the element holds. */
    static byte[] content(byte[] element) {
        Extent extent = extent(element, 0);
        return Arrays.copyOfRange(element, extent.start(), extent.end());
    }

    /** The elements that follow each other in {@code content}, whole. */
    static List<byte[]> children(byte[] content) {
        List<byte[]> children = new ArrayList<>();
        for (int at = 0; at < content.length; ) {
            int end = extent(content, at).end();
            children.add(Arrays.copyOfRange(content, at, end));
            at = end;
        }
        return children;
    }

    private static byte[] element(int tag, byte[] content) {
        return Bytes.concat(new byte[] {(byte) tag}, length(content.length), content);
    }

    private static byte[] length(int length) {
        return length < LONG_FORM
                ? new byte[] {(byte) length}
                : new byte[] {(byte) (LONG_FORM | 2), (byte) (length >> 8), (byte) length};
    }

    /** Where the content of an element begins and ends. */
    private record Extent(int start, int end) {}

    private static Extent extent(byte[] bytes, int at) {
        try {
            int first = bytes[at + 1] & 0xFF;
            int lengthBytes = first < LONG_FORM ? 0 : first - LONG_FORM;
            int start = at + 2 + lengthBytes;
            int length = lengthBytes == 0 ? first : number(bytes, at + 2, start);
            return checked(new Extent(start, Math.addExact(start, length)), bytes.length);
        } catch (ArrayIndexOutOfBoundsException | ArithmeticException e) {
            throw new IllegalArgumentException("it is cut off", e);
        }
    }

    private static Extent checked(Extent extent, int available) {
        if (extent.end() > available || extent.end() < extent.start()) {
            throw new IllegalArgumentException("it is cut off");
        }
        return extent;
    }

    private static int number(byte[] bytes, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = Math.addExact(Math.multiplyExact(number, 256), bytes[i] & 0xFF);
        }
        return number;
    }
}
