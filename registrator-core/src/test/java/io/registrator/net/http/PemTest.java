package io.registrator.net.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init")
class PemTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void readsPkcs8Keys(String algorithm) throws GeneralSecurityException, IOException {
        PrivateKey key = key(algorithm);

        assertThat(Pem.read(pem("PRIVATE KEY", key.getEncoded())).privateKey()).isEqualTo(key);
    }

    @Test
    void readsPkcs1Keys() throws GeneralSecurityException, IOException {
        PrivateKey key = key("RSA");

        assertThat(Pem.read(pem("RSA PRIVATE KEY", innerKey(key))).privateKey()).isEqualTo(key);
    }

    @Test
    void readsSec1KeysAfterTheirParameters() throws IOException {
        // openssl ecparam -name prime256v1 -genkey: a key that nobody uses.
        Path file = write("""
                -----BEGIN EC PARAMETERS-----
                BggqhkjOPQMBBw==
                -----END EC PARAMETERS-----
                -----BEGIN EC PRIVATE KEY-----
                MHcCAQEEIF6XiJkU9+FuQHf329z4zZgzM2qHwiYXUm9zhYCX8F/EoAoGCCqGSM49
                AwEHoUQDQgAEfYuKvUjUVIuAzxoWjua3gW0YX1oXQEpvCPEUto09PUHUooJH1bmp
                TAM3yjJQf2+fdqb9pweUALC6jNkf0pjDGA==
                -----END EC PRIVATE KEY-----
                """);

        assertThat(Pem.read(file).privateKey().getAlgorithm()).isEqualTo("EC");
    }

    @Test
    void refusesEncryptedKeys() throws IOException {
        Path modern = pem("ENCRYPTED PRIVATE KEY", new byte[] {1});
        Path old = write(
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----\n");

        assertThatThrownBy(() -> Pem.read(modern).privateKey()).hasMessageContaining("is encrypted");
        assertThatThrownBy(() -> Pem.read(old).privateKey()).hasMessageContaining("is encrypted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY"})
    void saysThatAKeyIsBroken(String label) throws IOException {
        Path file = pem(label, new byte[] {0x30, (byte) 0x82, 0x7F, 0x7F, 1});

        assertThatThrownBy(() -> Pem.read(file).privateKey())
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file.toString());
    }

    @Test
    void saysThatThereIsNoKeyOrCertificate() throws IOException {
        Path file = write("no PEM at all");

        assertThatThrownBy(() -> Pem.read(file).privateKey()).hasMessageContaining("holds no PEM private key");
        assertThatThrownBy(() -> Pem.read(file).certificates()).hasMessageContaining("holds no PEM certificate");
    }

    @Test
    void saysThatThereIsNoFile() {
        assertThatThrownBy(() -> Pem.read(folder.resolve("missing")))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("missing: there is no such file");
    }

    private Path pem(String label, byte[] der) throws IOException {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(der);
        return write("-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "test", ".pem"), text);
    }

    private static PrivateKey key(String algorithm) throws GeneralSecurityException {
        return KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
    }

    /** What a PKCS#8 key wraps: its third part. */
    private static byte[] innerKey(PrivateKey key) {
        return Der.content(Der.children(Der.content(key.getEncoded())).get(2));
    }
}
