package io.registrator.net.http;

import com.google.common.collect.ImmutableList;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** A PEM file: its blocks, and what certificates and keys they hold. Every complaint names the file. */
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    private final Path file;
    private final ImmutableList<Block> blocks;

    private Pem(Path file, ImmutableList<Block> blocks) {
        this.file = file;
        this.blocks = blocks;
    }

    private record Block(String label, String content) {
        byte[] der() {
            return Base64.getMimeDecoder().decode(content);
        }
    }

    static Pem read(Path file) throws IOException {
        try {
            return new Pem(
                    file,
                    BLOCK.matcher(Files.readString(file))
                            .results()
                            .map(match -> new Block(match.group(1), match.group(2)))
                            .collect(ImmutableList.toImmutableList()));
        } catch (NoSuchFileException e) {
            throw new IOException(file + ": there is no such file", e);
        } catch (IOException e) {
            throw new IOException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** All certificates, in the order of the file; at least one. */
    List<X509Certificate> certificates() throws IOException {
        ImmutableList.Builder<X509Certificate> certificates = ImmutableList.builder();
        for (Block block : blocks) {
            if (block.label().equals("CERTIFICATE")) {
                certificates.add(certificate(block));
            }
        }
        ImmutableList<X509Certificate> found = certificates.build();
        if (found.isEmpty()) {
            throw new IOException(file + ": holds no PEM certificate");
        }
        return found;
    }

    /** The first private key. */
    PrivateKey privateKey() throws IOException {
        Block block = blocks.stream()
                .filter(candidate -> candidate.label().endsWith("PRIVATE KEY"))
                .findFirst()
                .orElseThrow(() -> new IOException(file + ": holds no PEM private key"));
        try {
            return privateKey(block);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(file + ": not a usable private key: " + e.getMessage(), e);
        }
    }

    private PrivateKey privateKey(Block block) throws GeneralSecurityException, IOException {
        if (block.label().equals("ENCRYPTED PRIVATE KEY") || block.content().contains("ENCRYPTED")) {
            throw new IOException(file + ": the private key is encrypted; decrypt it first (openssl pkey)");
        }
        return switch (block.label()) {
            case "PRIVATE KEY" -> PrivateKeys.fromPkcs8(block.der());
            case "RSA PRIVATE KEY" -> PrivateKeys.fromPkcs1(block.der());
            case "EC PRIVATE KEY" -> PrivateKeys.fromSec1(block.der());
            default -> throw new IOException(file + ": unknown kind of key: " + block.label());
        };
    }

    private X509Certificate certificate(Block block) throws IOException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(block.der()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(file + ": not a usable certificate: " + e.getMessage(), e);
        }
    }
}
