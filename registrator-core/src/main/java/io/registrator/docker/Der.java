package io.registrator.docker;

import com.google.common.primitives.Bytes;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;

/** As much of ASN.1's DER (X.690) as it takes to wrap a private key. */
final class Der {
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;

    /** The context-specific tag 0, which holds the curve in an EC private key (RFC 5915). */
    private static final int PARAMETERS = 0xa0;

    private static final int LONG_FORM = 0x80;

    private Der() {}

    static byte[] sequence(byte[]... parts) {
        return tagged(SEQUENCE, Bytes.concat(parts));
    }

    static byte[] octets(byte[] content) {
        return tagged(OCTET_STRING, content);
    }

    /** The curve's object identifier, tag and all. */
    static byte[] namedCurve(byte[] ecPrivateKey) throws InvalidKeySpecException {
        var fields = ByteBuffer.wrap(content(ByteBuffer.wrap(ecPrivateKey)));
        while (fields.hasRemaining()) {
            var tag = Byte.toUnsignedInt(fields.get(fields.position()));
            var content = content(fields);
            if (tag == PARAMETERS) {
                return content;
            }
        }
        throw new InvalidKeySpecException("an EC private key that does not name its curve");
    }

    private static byte[] tagged(int tag, byte[] content) {
        return Bytes.concat(new byte[] {(byte) tag}, length(content.length), content);
    }

    private static byte[] length(int value) {
        if (value < LONG_FORM) {
            return new byte[] {(byte) value};
        }
        var bytes = BigInteger.valueOf(value).toByteArray();
        var digits = bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
        return Bytes.concat(new byte[] {(byte) (LONG_FORM | digits.length)}, digits);
    }

    /** Reads one element and returns what is in it. */
    private static byte[] content(ByteBuffer from) throws InvalidKeySpecException {
        try {
            from.get();
            var content = new byte[length(from)];
            from.get(content);
            return content;
        } catch (BufferUnderflowException e) {
            throw new InvalidKeySpecException("a private key that is cut off", e);
        }
    }

    private static int length(ByteBuffer from) {
        var first = Byte.toUnsignedInt(from.get());
        if (first < LONG_FORM) {
            return first;
        }
        var length = 0;
        for (var digits = first - LONG_FORM; digits > 0; digits--) {
            length = (length << Byte.SIZE) | Byte.toUnsignedInt(from.get());
        }
        return length;
    }
}
