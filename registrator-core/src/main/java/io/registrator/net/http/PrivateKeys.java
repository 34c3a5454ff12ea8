package io.registrator.net.http;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;

/**
 * Private keys from their DER forms. The JDK reads PKCS#8 (RFC 5208) only; the older forms of RSA (PKCS#1, RFC 8017) and EC
 * (SEC 1, RFC 5915) keys are what PKCS#8 wraps, so they are wrapped here.
 */
final class PrivateKeys {
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
    private static final byte[] VERSION_0 = hex("020100");
    /** The algorithm rsaEncryption, without parameters. */
    private static final byte[] RSA = hex("300d06092a864886f70d0101010500");
    /** The algorithm ecPublicKey, whose parameter is the curve. */
    private static final byte[] EC = hex("06072a8648ce3d0201");

    private PrivateKeys() {}

    static PrivateKey fromPkcs8(byte[] der) throws GeneralSecurityException {
        InvalidKeySpecException none = new InvalidKeySpecException("neither an RSA nor an EC nor an Edwards-curve key");
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (InvalidKeySpecException e) {
                none.addSuppressed(e);
            }
        }
        throw none;
    }

    static PrivateKey fromPkcs1(byte[] der) throws GeneralSecurityException {
        return fromPkcs8(pkcs8(RSA, der));
    }

    static PrivateKey fromSec1(byte[] der) throws GeneralSecurityException {
        return fromPkcs8(pkcs8(Der.sequence(EC, curve(der)), der));
    }

    private static byte[] pkcs8(byte[] algorithm, byte[] key) {
        return Der.sequence(VERSION_0, algorithm, Der.octets(key));
    }

    /** The curve's object identifier, which a SEC 1 key carries in its part tagged [0]. */
    private static byte[] curve(byte[] sec1) throws InvalidKeySpecException {
        return Der.children(Der.content(sec1)).stream()
                .filter(part -> part[0] == (byte) 0xA0)
                .findFirst()
                .map(Der::content)
                .orElseThrow(() -> new InvalidKeySpecException("the EC key does not name its curve"));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
