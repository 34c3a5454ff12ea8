package io.registrator.docker;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Bytes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A private key in PEM: PKCS#8, or the older PKCS#1 (RSA) and SEC 1 (EC), which the JDK reads once they are wrapped into
 * PKCS#8 (RFC 5958).
 */
final class PemKey {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    private static final ImmutableList<String> ALGORITHMS = ImmutableList.of("RSA", "EC", "EdDSA");

    /** {@code rsaEncryption}, with the NULL that it takes for parameters. */
    private static final byte[] RSA = {
        0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00
    };

    /** {@code id-ecPublicKey}; the curve follows. */
    private static final byte[] EC = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};

    private PemKey() {}

    static PrivateKey parse(String pem) throws GeneralSecurityException {
        var block = BLOCK.matcher(pem);
        if (!block.find()) {
            throw new InvalidKeySpecException("no private key in PEM without a passphrase");
        }
        return key(pkcs8(block.group(1), Base64.getMimeDecoder().decode(block.group(2))));
    }

    private static byte[] pkcs8(String kind, byte[] der) throws InvalidKeySpecException {
        return switch (kind) {
            case "RSA PRIVATE KEY" -> wrap(RSA, der);
            case "EC PRIVATE KEY" -> wrap(Bytes.concat(EC, Der.namedCurve(der)), der);
            default -> der;
        };
    }

    private static byte[] wrap(byte[] algorithm, byte[] key) {
        byte[] version = {0x02, 0x01, 0x00};
        return Der.sequence(version, Der.sequence(algorithm), Der.octets(key));
    }

    private static PrivateKey key(byte[] pkcs8) throws GeneralSecurityException {
        for (var algorithm : ALGORITHMS) {
            var key = key(algorithm, pkcs8);
            if (key.isPresent()) {
                return key.get();
            }
        }
        throw new InvalidKeySpecException("a private key that is neither RSA nor EC nor EdDSA");
    }

    private static Optional<PrivateKey> key(String algorithm, byte[] pkcs8) throws GeneralSecurityException {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } catch (InvalidKeySpecException e) {
            return Optional.empty();
        }
    }
}
