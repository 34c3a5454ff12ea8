package io.registrator.registry.consul;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.registrator.model.Failure;
import io.registrator.model.ObservedService;
import io.registrator.model.Outcome;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.net.http.TlsSettings;
import io.registrator.reconcile.ServiceRegistry.Done;
import io.registrator.testing.Await;
import io.registrator.testing.ConsulAgentProcess;
import io.registrator.testing.TestServices;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What readers find in a real key-value store, and that nothing of others is touched there. */
@EnabledIfEnvironmentVariable(named = ConsulAgentProcess.BINARY, matches = ".+")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class KvTreesIT {
    private static final String ID = "node-1:web:80";
    private static final ServiceDefinition WEB = TestServices.web(ID).definition();
    private static final String PLAIN_KEY = "services/web/" + ID;
    private static final String UPSYNC_KEY = "services/web/10.0.0.7:8080";
    private static final Outcome<Done> APPLIED = Outcome.success(Done.APPLIED);

    private ConsulAgentProcess agent;

    @BeforeAll
    void startAgent() throws IOException, InterruptedException {
        agent = ConsulAgentProcess.running();
    }

    @AfterAll
    void stopAgent() throws IOException {
        agent.close();
    }

    @BeforeEach
    void clear() throws IOException, InterruptedException {
        agent.delete("/v1/kv/?recurse");
    }

    @Test
    void showsAddressAndPortUnderNameAndId() throws Exception {
        try (KvRegistry registry = open(KvFormat.PLAIN)) {
            register(registry, WEB);
            assertThat(entries()).containsExactly(Map.entry(PLAIN_KEY, "10.0.0.7:8080"));

            register(registry, TestServices.web(ID).at("fd00::7", 80).definition());
            assertThat(entries()).containsExactly(Map.entry(PLAIN_KEY, "[fd00::7]:80"));

            assertThat(registry.deregister(WEB.id(), seen -> true)).isEqualTo(APPLIED);
            assertThat(agent.get("/v1/kv/?keys")).as("no record stays behind").doesNotContain(ID);
        }
    }

    @Test
    void showsUpsyncWhatItParses() throws Exception {
        try (KvRegistry registry = open(KvFormat.UPSYNC)) {
            register(registry, WEB);
            assertThat(entries())
                    .containsExactly(Map.entry(
                            UPSYNC_KEY, "{\"weight\":1,\"max_fails\":2,\"fail_timeout\":10,\"down\":0,\"backup\":0}"));

            register(
                    registry,
                    TestServices.web(ID)
                            .weights(5, 1)
                            .meta(Map.of("max_fails", "0", "fail_timeout", "1m", "down", "true", "backup", "yes"))
                            .definition());
            assertThat(entries())
                    .containsExactly(Map.entry(
                            UPSYNC_KEY, "{\"weight\":5,\"max_fails\":0,\"fail_timeout\":60,\"down\":1,\"backup\":1}"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "max_fails, many, SERVICE_MAX_FAILS=many is not a number",
        "max_fails, -1, SERVICE_MAX_FAILS=-1 is not a number",
        "fail_timeout, soon, SERVICE_FAIL_TIMEOUT=soon is not a number",
        "backup, perhaps, SERVICE_BACKUP=perhaps is not true or false"
    })
    void refusesWhatUpsyncWouldMisread(String key, String value, String complaint) throws Exception {
        try (KvRegistry registry = open(KvFormat.UPSYNC)) {
            ServiceDefinition misread =
                    TestServices.web(ID).meta(Map.of(key, value)).definition();
            assertRejected(registry.register(misread), complaint);
            assertThat(registry.refusal(misread))
                    .hasValueSatisfying(why -> assertThat(why).contains(complaint));
            assertThat(registry.refusal(WEB)).isEmpty();
            assertRejected(
                    registry.register(TestServices.web(ID).at("fd00::7", 80).definition()), "IPv4");
            assertRejected(
                    registry.register(TestServices.web(ID).at("10.0.0.7", 0).definition()), "needs a port");
            assertThat(entries()).isEmpty();
        }
    }

    @Test
    void letsSeveralHostsShareATree() throws Exception {
        ServiceDefinition other =
                TestServices.web("node-2:web:80").at("10.0.0.9", 80).definition();
        try (KvRegistry one = open(KvFormat.PLAIN);
                KvRegistry two = open(KvFormat.PLAIN)) {
            register(one, WEB);
            register(two, other);

            assertThat(list(one).keySet()).containsExactlyInAnyOrder(WEB.id(), other.id());
            assertThat(one.deregister(WEB.id(), seen -> true)).isEqualTo(APPLIED);
            assertThat(list(two)).containsOnlyKeys(other.id());
        }
    }

    @Test
    void doesNotWriteOverWhatSomebodyElseWroteMeanwhile() throws Exception {
        try (KvRegistry one = open(KvFormat.PLAIN);
                KvRegistry two = open(KvFormat.PLAIN)) {
            register(one, WEB);

            Outcome<Done> late =
                    two.register(TestServices.web(ID).at("10.9.9.9", 1).definition());

            assertThat(late)
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.failure()).isInstanceOf(Failure.Transient.class));
            assertThat(entries()).containsExactly(Map.entry(PLAIN_KEY, "10.0.0.7:8080"));
        }
    }

    @Test
    void showsWhatAPredecessorLeftAndTakesItOverInOneWrite() throws Exception {
        agent.put("/v1/kv/" + PLAIN_KEY, "10.0.0.7:8080");
        agent.put("/v1/kv/services/notes", "of somebody");
        try (KvRegistry registry = open(KvFormat.PLAIN)) {
            ObservedService left = Objects.requireNonNull(list(registry).get(WEB.id()));
            assertThat(left.name()).isEqualTo("web");
            assertThat(left.address()).isEqualTo("10.0.0.7");
            assertThat(left.port()).isEqualTo(8080);
            assertThat(left.meta()).isEmpty();

            register(registry, WEB);

            assertThat(list(registry)).containsExactly(Map.entry(WEB.id(), WEB.asObserved()));
            assertThat(entries()).containsEntry("services/notes", "of somebody").hasSize(2);
        }
    }

    @Test
    void leavesAnUpsyncKeyOfSomebodyElseAlone() throws Exception {
        agent.put("/v1/kv/" + UPSYNC_KEY, "{\"weight\":7}");
        try (KvRegistry registry = open(KvFormat.UPSYNC)) {
            assertThat(list(registry)).isEmpty();
            assertRejected(registry.register(WEB), "is somebody else's");
            assertThat(entries()).containsExactly(Map.entry(UPSYNC_KEY, "{\"weight\":7}"));
        }
    }

    @Test
    void takesOverAnUpsyncKeyFromItsOwnPredecessorWithoutEverBeingGone() throws Exception {
        ServiceDefinition successor = TestServices.web("node-1:web-2:80").definition();
        try (KvRegistry registry = open(KvFormat.UPSYNC)) {
            register(registry, WEB);
            register(registry, successor);
            assertThat(registry.deregister(WEB.id(), seen -> true)).isEqualTo(APPLIED);

            assertThat(entries()).containsOnlyKeys(UPSYNC_KEY);
            assertThat(list(registry)).containsExactly(Map.entry(successor.id(), successor.asObserved()));
        }
    }

    @Test
    void movesTheEntryOfAServiceThatIsRenamed() throws Exception {
        try (KvRegistry registry = open(KvFormat.PLAIN)) {
            register(registry, WEB);
            register(registry, TestServices.web(ID).name("shop").definition());

            assertThat(entries()).containsOnlyKeys("services/shop/" + ID);
        }
    }

    @Test
    void showsThatAnEntryWasAlteredOrRemovedAndPutsItRight() throws Exception {
        AtomicInteger hints = new AtomicInteger();
        try (KvRegistry registry = open(KvFormat.PLAIN)) {
            register(registry, WEB);
            registry.watch(hints::incrementAndGet);
            agent.put("/v1/kv/" + PLAIN_KEY, "10.6.6.6:66");
            Await.until("a hint", Duration.ofSeconds(5), () -> hints.get() > 0);
            assertThat(list(registry)).doesNotContainEntry(WEB.id(), WEB.asObserved());
            register(registry, WEB);
            assertThat(entries()).containsExactly(Map.entry(PLAIN_KEY, "10.0.0.7:8080"));

            int before = hints.get();
            agent.delete("/v1/kv/" + PLAIN_KEY);
            Await.until("another hint", Duration.ofSeconds(5), () -> hints.get() > before);
            assertThat(list(registry)).doesNotContainEntry(WEB.id(), WEB.asObserved());
            register(registry, WEB);
            assertThat(entries()).containsExactly(Map.entry(PLAIN_KEY, "10.0.0.7:8080"));
            assertThat(list(registry)).containsExactly(Map.entry(WEB.id(), WEB.asObserved()));
        }
    }

    @Test
    void namesTheRightThatTheTokenLacks() throws Exception {
        String master = "11111111-1111-1111-1111-111111111111";
        try (ConsulAgentProcess guarded = ConsulAgentProcess.running(
                        "acl { enabled = true default_policy = \"deny\" tokens { master = \"" + master + "\" } }");
                KvRegistry nobody = open(guarded, () -> "")) {
            guarded.as(master);
            Await.until(
                    "Consul has left its legacy ACL mode",
                    Duration.ofSeconds(30),
                    () -> !guarded.get("/v1/acl/policies").isEmpty());
            String lacking = "(no token is given; it takes one with key:write on \"";
            assertRejected(nobody.register(WEB), lacking + PLAIN_KEY + "\"");
            assertRejected(nobody.deregister(WEB.id(), seen -> true), lacking + "registrator/");
        }
    }

    private KvRegistry open(KvFormat format) throws IOException {
        return KvRegistry.open(new KvSettings(agent.settings(), "services", format));
    }

    private static KvRegistry open(ConsulAgentProcess agent, TokenSource token) throws IOException {
        ConsulSettings settings = new ConsulSettings(
                agent.settings().endpoint(), TlsSettings.DEFAULT, token, Tenancy.NONE, Duration.ofSeconds(15), 2);
        return KvRegistry.open(new KvSettings(settings, "services", KvFormat.PLAIN));
    }

    private static void register(KvRegistry registry, ServiceDefinition service) {
        var unused = list(registry);
        assertThat(registry.register(service)).isEqualTo(APPLIED);
    }

    private static ImmutableMap<ServiceId, ObservedService> list(KvRegistry registry) {
        return switch (registry.list()) {
            case Outcome.Success<ImmutableMap<ServiceId, ObservedService>>(var services) -> services;
            case Outcome.Failed<ImmutableMap<ServiceId, ObservedService>>(Failure why) ->
                throw new AssertionError("cannot list: " + why);
        };
    }

    private Map<String, String> entries() throws IOException, InterruptedException {
        // Where there is no key at all, Consul answers that it found nothing.
        agent.put("/v1/kv/" + KvRegistry.RECORDS, "-");
        Map<String, String> entries = new TreeMap<>();
        for (JsonElement element :
                JsonParser.parseString(agent.get("/v1/kv/?recurse")).getAsJsonArray()) {
            JsonObject pair = element.getAsJsonObject();
            byte[] value = Base64.getDecoder().decode(pair.get("Value").getAsString());
            entries.put(pair.get("Key").getAsString(), new String(value, UTF_8));
        }
        entries.keySet().removeIf(key -> key.startsWith(KvRegistry.RECORDS));
        return entries;
    }

    private static void assertRejected(Outcome<?> outcome, String words) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.failure())
                                .isInstanceOfSatisfying(
                                        Failure.Rejected.class,
                                        rejected ->
                                                assertThat(rejected.message()).contains(words)));
    }
}
