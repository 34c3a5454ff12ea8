package io.registrator.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.model.ContainerSnapshot;
import io.registrator.model.Outcome;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a container's image is called that was started by the image's ID. */
class ImageNamesTest extends WithFakeEngine {
    private static final String HEX = "4c01db0b339cbf08612aa7ce5997f57e8ce4f35d1a1d3da899deb9862131ca6b";
    private static final String ID = "sha256:" + HEX;
    private static final String IMAGE = "/images/" + ID + "/json";

    @ParameterizedTest
    @ValueSource(strings = {ID, HEX, "4c01db0b339c", "sha256:4c01db0b339c", "4c01"})
    void isOneOfItsTags(String reference) {
        engine.answer(INSPECT, Reply.of(200, container(reference, "{}")));
        engine.answer(IMAGE, Reply.of(200, "{\"RepoTags\": [\"team/web:1.2\", \"web:old\"], \"RepoDigests\": []}"));

        assertThat(image()).isEqualTo("team/web:1.2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"RepoTags\": [], \"RepoDigests\": [\"team/web@sha256:ab\"]} | team/web@sha256:ab",
                "200 | {\"RepoTags\": null} | sha256:" + HEX,
                "200 | {\"RepoTags\": [\"<none>:<none>\"], \"RepoDigests\": [\"<none>@<none>\"]} | sha256:" + HEX,
                "404 | {\"message\": \"no such image\"} | sha256:" + HEX,
                "403 | forbidden | sha256:" + HEX,
            })
    void isWhatElseIsKnownOfIt(int status, String answer, String image) {
        engine.answer(INSPECT, Reply.of(200, container(HEX, "{}")));
        engine.answer(IMAGE, Reply.of(status, answer));

        assertThat(image()).isEqualTo(image);
    }

    @ParameterizedTest
    @ValueSource(strings = {"web", "web:1.2", "deadbeef", "4c0", "web@" + ID, "sha256:latest"})
    void isNotAskedForWhereThereIsOne(String reference) {
        engine.answer(INSPECT, Reply.of(200, container(reference, "{}")));

        assertThat(image()).isEqualTo(reference);
        assertThat(engine.requests()).noneMatch(target -> target.startsWith("/images"));
    }

    @Test
    void isNotAskedForWhereComposeSaysOne() {
        engine.answer(INSPECT, Reply.of(200, container(ID, "{\"com.docker.compose.service\": \"shop\"}")));

        assertThat(image()).isEqualTo(ID);
        assertThat(engine.requests()).noneMatch(target -> target.startsWith("/images"));
    }

    private String image() {
        return switch (source.inspect(WEB)) {
            case Outcome.Success<Optional<ContainerSnapshot>>(var found) ->
                found.orElseThrow().image();
            case Outcome.Failed<Optional<ContainerSnapshot>>(var failure) -> throw new AssertionError(failure);
        };
    }

    private static String container(String reference, String labels) {
        return """
                {"Id": "web", "Name": "/web", "Created": "2024-01-01T00:00:00Z", "Image": "%s",
                 "State": {"Status": "running"}, "Config": {"Image": "%s", "Labels": %s}}
                """.formatted(ID, reference, labels);
    }
}
