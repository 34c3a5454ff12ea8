package io.registrator.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.Bytes;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PemKeyTest {
    /** What goes before a PKCS#1 key of 2048 bits in PKCS#8: lengths, version, algorithm. */
    private static final int PKCS8_HEAD = 26;

    private static final int P256_BYTES = 32;

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void readsPkcs8(String algorithm) throws GeneralSecurityException {
        var key = KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();

        assertThat(PemKey.parse(pem("PRIVATE KEY", key.getEncoded()))).isEqualTo(key);
    }

    @Test
    void readsPkcs1() throws GeneralSecurityException {
        var key = rsa();
        var pkcs8 = key.getEncoded();
        var pkcs1 = Arrays.copyOfRange(pkcs8, PKCS8_HEAD, pkcs8.length);

        assertThat(PemKey.parse(pem("RSA PRIVATE KEY", pkcs1))).isEqualTo(key);
    }

    @Test
    void readsSec1AfterItsParameters() throws GeneralSecurityException {
        var key = ec();
        var parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";

        assertThat(PemKey.parse(parameters + pem("EC PRIVATE KEY", sec1(key))))
                .isInstanceOfSatisfying(
                        ECPrivateKey.class, parsed -> assertThat(parsed.getS()).isEqualTo(key.getS()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----",
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----"
            })
    void saysThatThereIsNoKeyItCouldRead(String pem) {
        assertThatThrownBy(() -> PemKey.parse(pem))
                .isInstanceOf(InvalidKeySpecException.class)
                .hasMessageContaining("without a passphrase");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"})
    void refusesAKeyThatIsNone(String kind) {
        assertThatThrownBy(() -> PemKey.parse(pem(kind, new byte[] {0x30, (byte) 0x82, 0x7f, 0x7f})))
                .isInstanceOf(InvalidKeySpecException.class);
    }

    private static PrivateKey rsa() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair().getPrivate();
    }

    private static ECPrivateKey ec() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return (ECPrivateKey) generator.generateKeyPair().getPrivate();
    }

    /** As openssl writes it: version, number, the curve P-256. */
    private static byte[] sec1(ECPrivateKey key) {
        var number = key.getS().toByteArray();
        var padded = new byte[P256_BYTES];
        var count = Math.min(number.length, P256_BYTES);
        System.arraycopy(number, number.length - count, padded, P256_BYTES - count, count);
        return Bytes.concat(
                HexFormat.of().parseHex("30310201010420"),
                padded,
                HexFormat.of().parseHex("a00a06082a8648ce3d030107"));
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                .formatted(kind, Base64.getMimeEncoder().encodeToString(der));
    }
}
