package io.registrator.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventDocumentsTest {
    private int waits;

    @Test
    void readsOneObjectAfterTheOther() {
        assertThat(actions(Recorded.stream("{\"Action\":\"a\"}\n {\"Action\":\"b\"}{\"Action\":\"c\"}\n")))
                .containsExactly("a", "b", "c");
        assertThat(waits).isZero();
    }

    @Test
    void isNotMisledByBracesAndQuotesInTexts() {
        assertThat(actions(Recorded.stream("{\"Action\":\"}{\\\"}\\\\\",\"Actor\":{\"ID\":\"{\"}}")))
                .containsExactly("}{\"}\\");
    }

    @Test
    void readsWhatArrivesByteByByte() {
        assertThat(actions(trickling("{\"Action\":\"a\"}\n{\"Action\":\"b\"}"))).containsExactly("a", "b");
        assertThat(waits).isPositive();
    }

    @Test
    void readsWhatIsLongerThanItsBuffer() {
        var longText = "x".repeat(100_000);

        assertThat(actions(Recorded.stream("{\"Action\":\"" + longText + "\"}{\"Action\":\"b\"}")))
                .containsExactly(longText, "b");
    }

    @Test
    void refusesAnObjectWithoutEnd() {
        assertThatThrownBy(() -> actions(Recorded.stream("{\"Action\":\"" + "x".repeat(3_000_000))))
                .hasRootCauseInstanceOf(BrokenJsonException.class)
                .hasMessageContaining("more than");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>",
                "1",
                "null",
                "\"text\"",
                "[{}]",
                "}",
                "{\"a\":1",
                "{]}",
                "{'a':1}",
                "{\"a\":\"b{\"a\":1}\n",
                "{\"a\":\n1}"
            })
    void refusesAllElse(String text) {
        assertThatThrownBy(() -> actions(Recorded.stream(text))).hasRootCauseInstanceOf(IOException.class);
    }

    private List<String> actions(InputStream stream) {
        List<String> actions = new ArrayList<>();
        var documents = new EventDocuments(stream, () -> waits++);
        try {
            for (var event = documents.next(); event != null; event = documents.next()) {
                actions.add(event.text("Action").orElse(""));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return actions;
    }

    private static InputStream trickling(String text) {
        return new InputStream() {
            private final InputStream whole = Recorded.stream(text);

            @Override
            public int read() throws IOException {
                return whole.read();
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return whole.read(target, offset, Math.min(1, length));
            }
        };
    }
}
