package io.registrator.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.registrator.reconcile.ContainerSource.ContainerListing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ListingMapperTest {
    private static final String ROW = """
            {"Id": "1", "Names": ["/web"], "Image": "busybox", "ImageID": "sha256:1", "State": "running",
             "Status": "Up 3 minutes", "Labels": {"a": "1", "b": "2"}, "HostConfig": {"NetworkMode": "default"},
             "Ports": [{"PrivatePort": 80, "Type": "tcp"},
                       {"IP": "0.0.0.0", "PrivatePort": 81, "PublicPort": 8081, "Type": "tcp"}],
             "NetworkSettings": {"Networks": {"a": {"IPAddress": "10.0.0.2"}, "b": {"IPAddress": "10.1.0.2"}}}}
            """;

    @Test
    void listsWhatTheEngineRecorded() {
        var rows = Recorded.list("engine-20.10/list.json");

        assertThat(rows).hasSize(10).extracting(ContainerListing::id).isSorted();
        assertThat(rows).extracting(ContainerListing::name).contains("rec-published", "rec-created");
        assertThat(rows).extracting(ContainerListing::fingerprint).doesNotHaveDuplicates();
    }

    @Test
    void listsWhatPodmanRecorded() {
        assertThat(Recorded.list("podman-4.3/list.json"))
                .extracting(ContainerListing::name)
                .containsExactly("rec-renamed");
    }

    @Test
    void listsInTheSameOrderHoweverTheEngineDoes() {
        JsonArray backwards = new JsonArray();
        JsonParser.parseString(Recorded.text("engine-20.10/list.json"))
                .getAsJsonArray()
                .asList()
                .reversed()
                .forEach(backwards::add);

        assertThat(Recorded.listing(backwards.toString())).isEqualTo(Recorded.list("engine-20.10/list.json"));
    }

    @Test
    void takesTheNameThatIsNoLink() {
        assertThat(row(ROW.replace("[\"/web\"]", "[\"/other/alias\", \"/web\"]"))
                        .name())
                .isEqualTo("web");
    }

    @Test
    void namesAContainerWithoutNameByItsId() {
        assertThat(row(ROW.replace("[\"/web\"]", "null")).name()).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({
        "Up 3 minutes, Up 4 minutes",
        "Up 3 minutes (healthy), Up About an hour (healthy)",
        "Exited (3) 8 seconds ago, Exited (3) 2 weeks ago",
    })
    void ignoresTimeThatPasses(String before, String after) {
        assertThat(fingerprint(status(after))).isEqualTo(fingerprint(status(before)));
    }

    @ParameterizedTest
    @CsvSource({
        "Up 3 minutes, Up 3 minutes (Paused)",
        "Up 3 minutes (health: starting), Up 3 minutes (healthy)",
        "Up 3 minutes (healthy), Up 3 minutes (unhealthy)",
        "Exited (3) 8 seconds ago, Exited (4) 8 seconds ago",
    })
    void seesWhatAStatusSaysBesides(String before, String after) {
        assertThat(fingerprint(status(after))).isNotEqualTo(fingerprint(status(before)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "\"/web\"; \"/shop\"",
                "\"running\"; \"exited\"",
                "\"busybox\"; \"alpine\"",
                "\"sha256:1\"; \"sha256:2\"",
                "8081; 8082",
                "0.0.0.0; 127.0.0.1",
                "10.0.0.2; 10.0.0.3",
                "\"default\"; \"host\"",
                "\"b\": {; \"c\": {"
            })
    void seesEveryChangeThatAnInspectCouldShow(String before, String after) {
        assertThat(ROW).contains(before);
        assertThat(fingerprint(ROW.replace(before, after))).isNotEqualTo(fingerprint(ROW));
    }

    @Test
    void ignoresTheOrderOfPorts() {
        JsonObject row = JsonParser.parseString(ROW).getAsJsonObject();
        JsonArray ports = row.getAsJsonArray("Ports");
        ports.add(ports.remove(0));

        assertThat(fingerprint(row.toString())).isEqualTo(fingerprint(ROW));
    }

    /** They stay as they were when the container was made; and a listing of long ones is not to be read into memory. */
    @Test
    void doesNotReadLabels() {
        assertThat(fingerprint(ROW.replace("\"2\"", '"' + "x".repeat(40_000_000) + '"')))
                .isEqualTo(fingerprint(ROW));
    }

    private static String status(String text) {
        return ROW.replace("Up 3 minutes", text);
    }

    private static String fingerprint(String json) {
        return row(json).fingerprint();
    }

    private static ContainerListing row(String json) {
        return Recorded.listing("[" + json + "]").getFirst();
    }
}
