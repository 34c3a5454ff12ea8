package io.registrator.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonParser;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a template gets to see of an inspect. */
final class DocumentsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "engine-20.10/published.json",
                "engine-20.10/health.json",
                "engine-shapes/api-1.44.json",
                "engine-shapes/api-1.52.json",
                "podman-4.3/published.json"
            })
    void holdsTheWholeAnswer(String file) {
        var gson = new GsonBuilder().serializeNulls().create();
        var recorded = JsonParser.parseString(Recorded.text(file));

        assertThat(gson.toJsonTree(Recorded.document(recorded.toString()).fields()))
                .isEqualTo(recorded);
    }

    @Test
    void holdsNumbersAsLongsOrDoubles() {
        var fields = Recorded.document("""
                {"Int": 1, "Long": 9000000000, "Huge": 99999999999999999999, "Part": 0.5, "Power": 1e3,
                 "List": [1, null, true, "text", {"Inner": 2}]}
                """).fields();

        assertThat(fields)
                .containsEntry("Int", 1L)
                .containsEntry("Long", 9_000_000_000L)
                .containsEntry("Huge", 1e20)
                .containsEntry("Part", 0.5)
                .containsEntry("Power", 1000.0);
        assertThat((List<?>) fields.get("List")).isEqualTo(Arrays.asList(1L, null, true, "text", Map.of("Inner", 2L)));
    }

    @Test
    void cannotBeChanged() {
        var fields = Recorded.document("{\"List\": [1]}").fields();

        assertThatThrownBy(() -> fields.put("more", 1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((Collection<?>) Objects.requireNonNull(fields.get("List"))).clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
