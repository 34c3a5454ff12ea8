package io.registrator.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {
    @TempDir
    private Path folder;

    @Test
    void readsTheFileAgainEachTime() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "first\n");
        TokenFile tokens = new TokenFile(file);

        assertThat(tokens.current()).isEqualTo("first");
        Files.writeString(file, "second");
        assertThat(tokens.current()).isEqualTo("second");
    }

    @Test
    void goesOnWithTheLastTokenWhileTheFileIsReplaced() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "first");
        TokenFile tokens = new TokenFile(file);
        assertThat(tokens.current()).isEqualTo("first");

        Files.writeString(file, "");
        assertThat(tokens.current()).isEqualTo("first");
        Files.delete(file);
        assertThat(tokens.current()).isEqualTo("first");
        Files.writeString(file, "second");
        assertThat(tokens.current()).isEqualTo("second");
    }

    @Test
    void saysWhichFileHoldsNoToken() {
        TokenFile tokens = new TokenFile(folder.resolve("none"));

        assertThatThrownBy(tokens::current)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("CONSUL_HTTP_TOKEN_FILE")
                .hasMessageContaining(folder.resolve("none").toString());
    }
}
