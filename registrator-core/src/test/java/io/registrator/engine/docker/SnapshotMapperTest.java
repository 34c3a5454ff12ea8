package io.registrator.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.registrator.model.ContainerHealth;
import io.registrator.model.ContainerPort;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ContainerState;
import io.registrator.model.HealthReport;
import io.registrator.model.NetworkEndpoint;
import io.registrator.model.NetworkMode;
import io.registrator.model.PortBinding;
import io.registrator.model.StopPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SnapshotMapperTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"engine-20.10/published.json", "engine-shapes/api-1.44.json", "engine-shapes/api-1.52.json"})
    void readsAPublishedContainerInEveryApi(String file) {
        var container = recorded(file);

        assertThat(container.id().shortId()).isEqualTo("8d3da8150834");
        assertThat(container.name()).isEqualTo("rec-published");
        assertThat(container.image()).isEqualTo("registrator-test/busybox:latest");
        assertThat(container.created()).isEqualTo(Instant.parse("2026-11-21T01:41:36.239739422Z"));
        assertThat(container.state()).isEqualTo(ContainerState.RUNNING);
        assertThat(container.env()).contains("SERVICE_80_NAME=web");
        assertThat(container.labels()).isEqualTo(ImmutableMap.of("SERVICE_TAGS", "a,b", "com.example.x", "1"));
        assertThat(container.networkMode()).isEqualTo(new NetworkMode("default"));
        assertThat(container.networks())
                .isEqualTo(ImmutableSortedMap.of("bridge", new NetworkEndpoint("172.17.0.3", "")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"engine-20.10/published.json", "engine-shapes/api-1.44.json", "engine-shapes/api-1.52.json"})
    void readsPortsInEveryApi(String file) {
        var container = recorded(file);

        assertThat(container.exposedPorts())
                .isEqualTo(ImmutableSortedSet.of(
                        ContainerPort.udp(9), ContainerPort.tcp(80), ContainerPort.tcp(81), ContainerPort.tcp(7000)));
        assertThat(container.bindings())
                .isEqualTo(ImmutableSortedMap.of(
                        ContainerPort.udp(9), everywhere(32_768),
                        ContainerPort.tcp(80), everywhere(18_080),
                        ContainerPort.tcp(81), ImmutableList.of(new PortBinding("127.0.0.1", 18_081))));
    }

    @Test
    void readsAContainerOfPodman() {
        var container = recorded("podman-4.3/published.json");

        assertThat(container.name()).isEqualTo("rec-published");
        assertThat(container.image()).isEqualTo("docker.io/registrator-test/busybox:latest");
        assertThat(container.state()).isEqualTo(ContainerState.RUNNING);
        assertThat(container.networkMode()).isEqualTo(new NetworkMode("bridge"));
        assertThat(container.networks())
                .isEqualTo(ImmutableSortedMap.of("podman", new NetworkEndpoint("10.88.0.11", "")));
        assertThat(container.bindings())
                .isEqualTo(
                        ImmutableSortedMap.of(ContainerPort.tcp(8080), ImmutableList.of(new PortBinding("", 45_293))));
    }

    @ParameterizedTest
    @CsvSource({"configured,CREATED", "initialized,CREATED", "stopping,RUNNING", "stopped,EXITED"})
    void readsStatesOfPodman(String word, ContainerState state) {
        var json = Recorded.text("podman-4.3/published.json")
                .replace("\"Status\": \"running\"", "\"Status\": \"" + word + "\"");

        assertThat(map(json).state()).isEqualTo(state);
    }

    @Test
    void readsHostNetworkMode() {
        var container = recorded("engine-20.10/host.json");

        assertThat(container.networkMode().isHost()).isTrue();
        assertThat(container.exposedPorts()).containsExactly(ContainerPort.tcp(8088));
        assertThat(container.bindings()).isEmpty();
    }

    @Test
    void readsUserNetwork() {
        var container = recorded("engine-20.10/user.json");

        assertThat(container.networks()).containsOnlyKeys("regnet");
        assertThat(container.bindings()).containsEntry(ContainerPort.tcp(80), everywhere(18_082));
    }

    @Test
    void readsSeveralNetworksByName() {
        assertThat(recorded("engine-20.10/multi.json").networks().keySet()).containsExactly("bridge", "regnet");
    }

    @Test
    void readsTheNetworkThatAContainerWasCreatedOnByItsNameAlsoWhereItWasGivenById() {
        var json = Recorded.text("engine-20.10/multi.json");
        var id = Pattern.compile("\"NetworkID\": *\"([0-9a-f]{64})\"")
                .matcher(json.substring(json.indexOf("\"regnet\": {")));
        assertThat(id.find()).isTrue();
        for (var mode : List.of(id.group(1), id.group(1).substring(0, 12), "regnet")) {
            var other = json.replaceFirst("\"NetworkMode\": *\"[^\"]*\"", "\"NetworkMode\": \"" + mode + "\"");
            assertThat(map(other).networkMode()).isEqualTo(new NetworkMode("regnet"));
        }
    }

    @Test
    void readsSharedNetworkStack() {
        var container = recorded("engine-20.10/shared.json");

        assertThat(container.networkMode().sharedContainer())
                .hasValueSatisfying(id -> assertThat(id).startsWith("8d3da8150834"));
        assertThat(container.networks()).isEmpty();
        assertThat(container.bindings()).isEmpty();
    }

    @Test
    void readsIpv6() {
        var container = recorded("engine-20.10/v6.json");

        assertThat(container.networks()).containsEntry("reg6net", new NetworkEndpoint("172.18.0.2", "fd00:abcd::2"));
        assertThat(container.bindings())
                .containsEntry(ContainerPort.tcp(81), ImmutableList.of(new PortBinding("::1", 18_084)));
    }

    @ParameterizedTest
    @CsvSource({
        "engine-20.10/created.json, CREATED, 0",
        "engine-20.10/published.json, RUNNING, 0",
        "engine-20.10/paused.json, PAUSED, 0",
        "engine-20.10/exited.json, EXITED, 3"
    })
    void readsStateAndExitCode(String file, ContainerState state, int exitCode) {
        assertThat(recorded(file).state()).isEqualTo(state);
        assertThat(recorded(file).exitCode()).isEqualTo(exitCode);
    }

    @ParameterizedTest
    @CsvSource({
        "engine-20.10/published.json, NONE",
        "engine-20.10/health.json, UNHEALTHY",
        "engine-shapes/api-1.44.json, HEALTHY"
    })
    void readsHealth(String file, ContainerHealth health) {
        assertThat(recorded(file).health().health()).isEqualTo(health);
    }

    @Test
    void readsTheOutputOfTheLastHealthCheckAndTheStartOfTheRun() {
        var container = recorded("engine-20.10/health.json");

        assertThat(container.health().output()).startsWith("OCI runtime exec failed");
        assertThat(container.startedAt()).isEqualTo(Instant.parse("2026-11-21T01:41:41.633619936Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"StopSignal\": \"SIGQUIT\"', 3, 10",
        "'\"StopSignal\": \"SIGRTMIN+3\", \"StopTimeout\": 90', 37, 90",
        "'\"StopSignal\": \"2\", \"StopTimeout\": null', 2, 10",
        "'\"StopTimeout\": 9223372036854775807', 15, 315360000",
        "'\"StopSignal\": \"SIGWHAT\", \"StopTimeout\": -1', 15, 10"
    })
    void readsHowTheContainerIsStopped(String config, int signal, int seconds) {
        var container = map(minimal("running", "").replace("\"busybox\"", "\"busybox\", " + config));

        assertThat(container.stop()).isEqualTo(new StopPolicy(signal, Duration.ofSeconds(seconds)));
    }

    @Test
    void toleratesAllThatMayBeMissing() {
        var container = map(minimal("running", ""));

        assertThat(container.env()).isEmpty();
        assertThat(container.labels()).isEmpty();
        assertThat(container.exposedPorts()).isEmpty();
        assertThat(container.bindings()).isEmpty();
        assertThat(container.networks()).isEmpty();
        assertThat(container.networkMode()).isEqualTo(new NetworkMode("default"));
        assertThat(container.health()).isEqualTo(HealthReport.NONE);
        assertThat(container.stop()).isEqualTo(StopPolicy.DEFAULT);
        assertThat(container.startedAt()).isEqualTo(Instant.MIN);
    }

    @Test
    void toleratesNullsWhereValuesBelong() {
        var container = map(minimal("exited", """
                "HostConfig": {"NetworkMode": null},
                "NetworkSettings": {"Ports": {"80/tcp": null, "81/tcp": [{"HostIp": null, "HostPort": "8081"}]},
                    "Networks": {"a": null, "b": {"IPAddress": null}}},
                """));

        assertThat(container.exposedPorts()).containsExactly(ContainerPort.tcp(80), ContainerPort.tcp(81));
        assertThat(container.bindings())
                .isEqualTo(ImmutableSortedMap.of(ContainerPort.tcp(81), ImmutableList.of(new PortBinding("", 8081))));
        assertThat(container.networks().values()).containsOnly(new NetworkEndpoint("", ""));
    }

    @Test
    void leavesOutBindingsWithoutAHostPort() {
        var container = map(minimal("running", """
                "NetworkSettings": {"Ports": {
                    "80/tcp": [{"HostIp": "0.0.0.0", "HostPort": ""}],
                    "81/tcp": [{"HostIp": "0.0.0.0", "HostPort": "0"}],
                    "82/tcp": [{"HostIp": "0.0.0.0", "HostPort": "8000-8010"}]}},
                """));

        assertThat(container.exposedPorts()).hasSize(3);
        assertThat(container.bindings()).isEmpty();
    }

    /** docker-java's own reading takes each of these for the end of the whole answer. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"CapAdd\": [\"CAP_OF_TOMORROW\"]",
                "\"Mounts\": [{\"Type\": \"cluster\", \"Source\": \"volume\"}]",
                "\"RestartPolicy\": {\"Name\": 7}",
                "\"Ulimits\": \"none\""
            })
    void readsAHostConfigurationThatDockerJavaRefuses(String odd) {
        var container = map(minimal("running", "\"HostConfig\": {\"NetworkMode\": \"host\", " + odd + "},"));

        assertThat(container.networkMode().isHost()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Mounts\": [{\"Type\": \"cluster\", \"Destination\": {}, \"RW\": \"maybe\"}],",
                "\"GraphDriver\": [], \"Platform\": {}, \"Args\": \"-v\",",
                "\"Node\": \"one\", \"Volumes\": 1, \"ExecIDs\": {},",
                "\"SizeRw\": 99999999999999999999999, \"RestartCount\": 99999999999,"
            })
    void readsAContainerThatDockerJavaRefuses(String odd) {
        assertThat(map(minimal("running", odd)).name()).isEqualTo("web");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Entrypoint\": \"/bin/sh\"",
                "\"Cmd\": \"run\"",
                "\"Healthcheck\": {\"Test\": \"true\", \"Interval\": \"30s\"}",
                "\"Volumes\": [], \"OnBuild\": \"\", \"Tty\": \"no\""
            })
    void readsAConfigurationThatDockerJavaRefuses(String odd) {
        var container = map(minimal("running", "").replace("\"busybox\"", "\"busybox\", \"Env\": [\"A=1\"], " + odd));

        assertThat(container.env()).containsExactly("A=1");
    }

    @ParameterizedTest
    @CsvSource({
        "engine-shapes/api-1.44.json, HostConfig, CapAdd",
        "engine-shapes/api-1.52.json, HostConfig, CapAdd",
        "podman-4.3/published.json, HostConfig, CapAdd",
        "engine-20.10/published.json, Config, Entrypoint"
    })
    void readsRecordedContainersWithWhatDockerJavaRefuses(String file, String section, String field) {
        var json = JsonParser.parseString(Recorded.text(file)).getAsJsonObject();
        json.getAsJsonObject(section).addProperty(field, "of tomorrow");

        assertThat(map(json.toString())).isEqualTo(recorded(file));
    }

    @Test
    void toleratesNullsInTheConfiguration() {
        var container = map(minimal("running", """
                "NetworkSettings": {"Ports": {"80/tcp": [null, {"HostIp": "", "HostPort": "8080"}], "81/tcp": [null],
                    "82/tcp": []}, "Networks": null},
                """)
                .replace(
                        "\"busybox\"",
                        "\"busybox\", \"Env\": [null, \"A=1\"], \"ExposedPorts\": null,"
                                + " \"Labels\": {\"a\": null, \"b\": \"1\"}"));

        assertThat(container.env()).containsExactly("A=1");
        assertThat(container.labels()).isEqualTo(ImmutableMap.of("b", "1"));
        assertThat(container.exposedPorts())
                .containsExactly(ContainerPort.tcp(80), ContainerPort.tcp(81), ContainerPort.tcp(82));
        assertThat(container.bindings())
                .isEqualTo(ImmutableSortedMap.of(ContainerPort.tcp(80), ImmutableList.of(new PortBinding("", 8080))));
    }

    @Test
    void readsElevenLabelsOfAHundredThousandBytes() {
        JsonObject labels = new JsonObject();
        for (int i = 0; i < 11; i++) {
            labels.addProperty("label" + i, "x".repeat(100_000));
        }
        var container = map(minimal("running", "").replace("\"busybox\"", "\"busybox\", \"Labels\": " + labels));

        assertThat(container.labels())
                .hasSize(11)
                .allSatisfy((name, value) -> assertThat(value).hasSize(100_000));
    }

    @Test
    void readsSctp() {
        var container = map(minimal("running", """
                "NetworkSettings": {"Ports": {"80/sctp": null}},
                """));

        assertThat(container.exposedPorts()).extracting(ContainerPort::toString).containsExactly("80/sctp");
    }

    @Test
    void refusesAStateItDoesNotKnow() {
        assertThatThrownBy(() -> map(minimal("melting", ""))).hasMessageContaining("melting");
    }

    @Test
    void namesTheFieldThatIsMissing() {
        assertThatThrownBy(() -> map("{\"Id\": \"1\", \"Config\": {}, \"State\": {}}"))
                .hasMessageContaining("Name");
    }

    private static ImmutableList<PortBinding> everywhere(int port) {
        return ImmutableList.of(new PortBinding("0.0.0.0", port), new PortBinding("::", port));
    }

    private static ContainerSnapshot recorded(String file) {
        return Recorded.inspect(file);
    }

    private static ContainerSnapshot map(String json) {
        return Recorded.snapshot(json);
    }

    private static String minimal(String state, String more) {
        return """
                {"Id": "1", "Name": "/web", "Created": "2026-01-01T00:00:00Z", %s
                 "State": {"Status": "%s"}, "Config": {"Image": "busybox"}}
                """.formatted(more, state);
    }
}
