package io.registrator.derive;

import static io.registrator.derive.ContainerBuilder.container;
import static io.registrator.derive.ContainerBuilder.published;
import static io.registrator.derive.Derivations.derive;
import static io.registrator.derive.Derivations.errors;
import static io.registrator.derive.Derivations.leftOut;
import static io.registrator.derive.Derivations.service;
import static io.registrator.derive.Derivations.services;
import static io.registrator.derive.Derivations.settings;
import static io.registrator.derive.Derivations.warnings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.net.HostAndPort;
import io.registrator.derive.LeftOut.Reason;
import io.registrator.model.CheckDefinition;
import io.registrator.model.CheckStatus;
import io.registrator.model.Probe;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which checks a service has, and what they do. */
class ChecksTest {
    private static final Probe TCP = new Probe.Tcp(HostAndPort.fromString("10.11.12.13:32768"));

    @Test
    void checksTcpPortsByDefault() {
        assertThat(withDefault(published())).containsExactly(tcp("tcp", Duration.ofSeconds(10), Duration.ofSeconds(2)));
        assertThat(withDefault(container().publish("53/udp", "", 5353))).isEmpty();
    }

    @Test
    void takesOptionsForTheDefaultCheck() {
        assertThat(withDefault(published().env("SERVICE_CHECK_INTERVAL=3s", "SERVICE_CHECK_TIMEOUT=1s")))
                .containsExactly(tcp("tcp", Duration.ofSeconds(3), Duration.ofSeconds(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SERVICE_CHECK_TCP=false", "SERVICE_8080_CHECK_TCP=no", "SERVICE_CHECK_TCP="})
    void makesNoDefaultCheckWhereItIsDeclined(String line) {
        assertThat(withDefault(published().env(line))).isEmpty();
    }

    @Test
    void makesNoDefaultCheckBesideOneThatIsAskedFor() {
        assertThat(withDefault(published().env("SERVICE_CHECK_1_TTL=30s")))
                .extracting(CheckDefinition::name)
                .containsExactly("1-ttl");
    }

    @Test
    void beatsForATtlCheckUnlessTheApplicationDoes() {
        assertThat(checks("SERVICE_CHECK_TTL=30s"))
                .extracting(CheckDefinition::probe)
                .containsExactly(new Probe.Ttl(Duration.ofSeconds(30), Duration.ofSeconds(10)));
        assertThat(checks("SERVICE_CHECK_TTL=30s", "SERVICE_CHECK_TTL_HEARTBEAT=false"))
                .extracting(CheckDefinition::probe)
                .containsExactly(new Probe.Ttl(Duration.ofSeconds(30), null));
    }

    @Test
    void givesEveryServiceTheDaemonsOwnCheckWhereThereIsATtl() {
        Heartbeat heartbeat = new Heartbeat(Duration.ofSeconds(30), Duration.ofSeconds(10));

        assertThat(service(derive(
                                settings().heartbeat(heartbeat),
                                published().env("SERVICE_CHECK_HTTP=/", "SERVICE_CHECK_INTERVAL=1m")))
                        .checks())
                .extracting(CheckDefinition::name, CheckDefinition::interval)
                .containsExactly(tuple("http", Duration.ofMinutes(1)), tuple("registrator", Duration.ofSeconds(10)));
        assertThat(service(derive(settings().heartbeat(heartbeat), container().publish("53/udp", "", 5353)))
                        .checks())
                .extracting(CheckDefinition::probe)
                .containsExactly(new Probe.Ttl(Duration.ofSeconds(30), Duration.ofSeconds(10)));
    }

    @Test
    void leavesTheTimeoutOfACheckThatIsAskedForToTheAgent() {
        assertThat(checks("SERVICE_CHECK_TCP=true")).containsExactly(tcp("tcp", Duration.ofSeconds(10), null));
    }

    @Test
    void makesTheFirstOfSeveralKindsAndWarnsOfTheOthers() {
        ContainerDerivation web = derive(published().env("SERVICE_CHECK_HTTP=/h", "SERVICE_CHECK_TCP=true"));
        assertThat(service(web).checks()).extracting(CheckDefinition::name).containsExactly("http");
        assertThat(warnings(web))
                .containsExactly("SERVICE_CHECK_TCP is left out, because SERVICE_CHECK_HTTP comes first; number the"
                        + " checks to have both, such as CHECK_1_HTTP and CHECK_2_TCP");
    }

    @Test
    void makesOneCheckForEveryNumber() {
        ImmutableList<CheckDefinition> checks = checks(
                "SERVICE_CHECK_TTL=1m",
                "SERVICE_8080_CHECK_10_TCP=true",
                "SERVICE_8080_CHECK_2_HTTP=/h",
                "SERVICE_CHECK_INTERVAL=20s",
                "SERVICE_CHECK_10_INTERVAL=30s");
        assertThat(checks).extracting(CheckDefinition::name).containsExactly("ttl", "2-http", "10-tcp");
        assertThat(checks).extracting(check -> check.interval().toSeconds()).containsExactly(20L, 20L, 30L);
    }

    @Test
    void takesNoTcpCheckForAUdpPort() {
        ContainerBuilder dns = container()
                .publish("53/tcp", "", 5301)
                .publish("53/udp", "", 5302)
                .env("SERVICE_CHECK_TCP=true");
        assertThat(services(derive(dns)))
                .extracting(service -> service.checks().size())
                .containsExactly(1, 0);
    }

    @Test
    void takesAllOptionsOfHttpsChecks() {
        assertThat(checks(
                                "SERVICE_CHECK_HTTPS=/health?a=b",
                                "SERVICE_CHECK_HTTPS_METHOD=post",
                                "SERVICE_CHECK_HTTP_METHOD=HEAD",
                                "SERVICE_CHECK_HEADER=Host: a.example,X-List: a\\,b,X-List:c",
                                "SERVICE_CHECK_BODY=port $SERVICE_PORT",
                                "SERVICE_CHECK_TLS_SKIP_VERIFY=true",
                                "SERVICE_CHECK_TLS_SERVER_NAME=a.example")
                        .getFirst()
                        .probe())
                .isEqualTo(new Probe.Http(
                        "https://10.11.12.13:32768/health?a=b",
                        "POST",
                        ImmutableListMultimap.of("Host", "a.example", "X-List", "a,b", "X-List", "c"),
                        "port 32768",
                        true,
                        "a.example"));
    }

    @Test
    void keepsTlsOptionsFromPlainHttp() {
        assertThat(checks("SERVICE_CHECK_HTTP=/", "SERVICE_CHECK_TLS_SKIP_VERIFY=true")
                        .getFirst()
                        .probe())
                .extracting("tlsSkipVerify")
                .isEqualTo(false);
    }

    @Test
    void takesOptionsOfGrpcChecks() {
        assertThat(checks(
                                "SERVICE_CHECK_GRPC=true",
                                "SERVICE_CHECK_GRPC_USE_TLS=true",
                                "SERVICE_CHECK_TLS_SERVER_NAME=a.example")
                        .getFirst()
                        .probe())
                .isEqualTo(new Probe.Grpc("10.11.12.13:32768", true, false, "a.example"));
    }

    @Test
    void takesOptionsThatEveryCheckHas() {
        assertThat(checks(
                        "SERVICE_CHECK_TCP=true",
                        "SERVICE_CHECK_INITIAL_STATUS=Passing",
                        "SERVICE_CHECK_DEREGISTER_AFTER=10m",
                        "SERVICE_CHECK_SUCCESS_BEFORE_PASSING=2",
                        "SERVICE_CHECK_FAILURES_BEFORE_WARNING=3",
                        "SERVICE_CHECK_FAILURES_BEFORE_CRITICAL=4"))
                .containsExactly(new CheckDefinition(
                        "tcp",
                        TCP,
                        Duration.ofSeconds(10),
                        null,
                        CheckStatus.PASSING,
                        Duration.ofMinutes(10),
                        2,
                        3,
                        4));
    }

    @Test
    void bracketsIpv6Addresses() {
        ContainerBuilder web = container()
                .publish("80/tcp", "2001:db8::7", 8001)
                .env(
                        "SERVICE_CHECK_1_HTTP=/h",
                        "SERVICE_CHECK_2_GRPC=true",
                        "SERVICE_CHECK_3_SCRIPT=t $SERVICE_IP ${SERVICE_IP}:$SERVICE_PORT http://$SERVICE_IP/ [$SERVICE_IP]:1");
        assertThat(service(derive(settings().allowScriptChecks(true), web)).checks())
                .extracting(CheckDefinition::probe)
                .map(Object::toString)
                .satisfiesExactly(
                        http -> assertThat(http).contains("http://[2001:db8::7]:8001/h"),
                        grpc -> assertThat(grpc).contains("target=[2001:db8::7]:8001"),
                        script -> assertThat(script)
                                .contains(
                                        "[t, 2001:db8::7, [2001:db8::7]:8001, http://[2001:db8::7]/, [2001:db8::7]:1]"));
    }

    @Test
    void splitsScriptsIntoArgumentsAndFillsThemIn() {
        assertThat(scripts("SERVICE_CHECK_SCRIPT=sh -c 'nc -z $SERVICE_IP $SERVICE_PORT' $SERVICE_PORT_X")
                        .getFirst()
                        .probe())
                .isEqualTo(new Probe.Script(
                        ImmutableList.of("sh", "-c", "nc -z 10.11.12.13 32768", "$SERVICE_PORT_X"), null));
    }

    @Test
    void runsDockerChecksInTheContainer() {
        CheckDefinition check = scripts("SERVICE_CHECK_DOCKER=/health -q").getFirst();
        assertThat(check.name()).isEqualTo("docker");
        assertThat(check.probe()).isEqualTo(new Probe.Script(ImmutableList.of("/health", "-q"), ContainerBuilder.ID));
    }

    @Test
    void warnsOfScriptsThatWantAShell() {
        ContainerDerivation web =
                derive(settings().allowScriptChecks(true), published().env("SERVICE_CHECK_SCRIPT=curl -f x || exit 2"));
        assertThat(warnings(web)).singleElement().asString().contains("is run without a shell, which || needs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SCRIPT", "CMD", "DOCKER", "1_SCRIPT"})
    void runsNoCommandsUnlessThatIsAllowed(String kind) {
        ContainerDerivation web = derive(published().env("SERVICE_CHECK_" + kind + "=rm -rf /secret"));
        assertThat(leftOut(web).reason()).isEqualTo(Reason.INVALID);
        assertThat(errors(web))
                .singleElement()
                .asString()
                .contains("SERVICE_CHECK_" + kind, "-allow-script-checks")
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CHECK_INTERVAL=abc | is not a positive duration; write it with its unit, such as 10s, 1m30s or 500ms",
                "CHECK_INTERVAL=10 | is not a positive duration",
                "CHECK_INTERVAL=1d | is not a positive duration",
                "CHECK_INTERVAL=0s | is not a positive duration",
                "CHECK_TIMEOUT=-1s | is not a positive duration",
                "CHECK_DEREGISTER_AFTER=1 | is not a positive duration",
                "CHECK_INITIAL_STATUS=green | is not a status; write passing, warning or critical",
                "CHECK_SUCCESS_BEFORE_PASSING=-1 | is not a number from 0",
                "CHECK_FAILURES_BEFORE_WARNING=3 | is not at most CHECK_FAILURES_BEFORE_CRITICAL, which is 0",
                "CHECK_1_TTL=30 | is not a positive duration",
                "CHECK_1_HTTPS=https://a.example/ | is not a path; write the path alone, such as /health"
            })
    void refusesWhatConsulWouldRefuse(String line, String message) {
        ContainerDerivation web = derive(published().env("SERVICE_CHECK_TCP=true", "SERVICE_" + line));
        assertThat(leftOut(web).reason()).isEqualTo(Reason.INVALID);
        assertThat(errors(web)).singleElement().asString().startsWith("SERVICE_" + line + " " + message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SERVICE_CHECK_HTTP_METHOD=GET /",
                "SERVICE_CHECK_HEADER=secret",
                "SERVICE_CHECK_HEADER=A b: secret",
                "SERVICE_CHECK_HEADER=A: x\nsecret: y"
            })
    void refusesOptionsThatMakeNoRequest(String line) {
        ContainerDerivation web = derive(published().env("SERVICE_CHECK_HTTP=/", line));
        assertThat(leftOut(web).reason()).isEqualTo(Reason.INVALID);
        assertThat(errors(web)).singleElement().asString().doesNotContain("secret");
    }

    /** Where every blank may be the end of the value, this takes minutes. */
    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void readsAHeaderOfAnyLengthInOneGo() {
        String blanks = "A: x" + " ".repeat(400_000) + "\n\1";
        ContainerDerivation web = derive(published().env("SERVICE_CHECK_HTTP=/", "SERVICE_CHECK_HEADER=" + blanks));
        assertThat(leftOut(web).reason()).isEqualTo(Reason.INVALID);
    }

    @Test
    void refusesScriptsWithOpenQuotes() {
        ContainerDerivation web =
                derive(settings().allowScriptChecks(true), published().env("SERVICE_CHECK_SCRIPT=sh -c 'x"));
        assertThat(errors(web)).singleElement().asString().contains("close its quotes");
    }

    @Test
    void raisesTimesThatAgentsRaiseAndWarns() {
        ContainerDerivation web = derive(published()
                .env("SERVICE_CHECK_TCP=true", "SERVICE_CHECK_INTERVAL=500ms", "SERVICE_CHECK_DEREGISTER_AFTER=30s"));
        CheckDefinition check = service(web).checks().getFirst();
        assertThat(check.interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(check.deregisterAfter()).isEqualTo(Duration.ofMinutes(1));
        assertThat(warnings(web))
                .containsExactlyInAnyOrder(
                        "SERVICE_CHECK_INTERVAL=500ms is taken as 1s, the least there is",
                        "SERVICE_CHECK_DEREGISTER_AFTER=30s is taken as 1m0s, the least there is");
    }

    @Test
    void raisesATimeToLiveThatNobodyCouldKeep() {
        ContainerDerivation web = derive(published().env("SERVICE_CHECK_TTL=1ns"));

        assertThat(service(web).checks().getFirst().heartbeat())
                .hasValueSatisfying(pause -> assertThat(pause).isPositive());
        assertThat(warnings(web)).containsExactly("SERVICE_CHECK_TTL=1ns is taken as 1s, the least there is");
    }

    @Test
    void warnsOfAPathThatLooksLikeASwitch() {
        ContainerDerivation web = derive(published().env("SERVICE_CHECK_HTTP=true"));
        assertThat(warnings(web))
                .containsExactly("SERVICE_CHECK_HTTP=true checks the path /true; write / for the root");
    }

    @Test
    void takesAnythingThatIsNotNoForASwitchAndWarns() {
        ContainerDerivation web = derive(published().env("SERVICE_CHECK_TCP=8080"));
        assertThat(service(web).checks()).hasSize(1);
        assertThat(warnings(web)).containsExactly("SERVICE_CHECK_TCP=8080 is taken as true; write true or false");
    }

    @Test
    void refusesToConnectToAServiceWithoutAPort() {
        ContainerDerivation web = derive(container().env("SERVICE_PORT=0", "SERVICE_CHECK_TCP=true"));
        assertThat(errors(web)).singleElement().asString().contains("for a service without a port");
    }

    private static CheckDefinition tcp(String name, Duration interval, @Nullable Duration timeout) {
        return new CheckDefinition(name, TCP, interval, timeout, null, null, 0, 0, 0);
    }

    private static ImmutableList<CheckDefinition> withDefault(ContainerBuilder container) {
        return service(derive(settings().defaultTcpCheck(true), container)).checks();
    }

    private static ImmutableList<CheckDefinition> checks(String... env) {
        return service(published().env(env)).checks();
    }

    private static ImmutableList<CheckDefinition> scripts(String... env) {
        return service(derive(settings().allowScriptChecks(true), published().env(env)))
                .checks();
    }
}
