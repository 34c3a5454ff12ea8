package io.registrator.ops.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.registrator.derive.DerivationSettingsBuilder;
import io.registrator.derive.DerivedService;
import io.registrator.derive.Deriver;
import io.registrator.derive.IdConflict;
import io.registrator.model.CheckResult;
import io.registrator.model.CheckStatus;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerPort;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ContainerState;
import io.registrator.model.Failure;
import io.registrator.model.HealthReport;
import io.registrator.model.NetworkEndpoint;
import io.registrator.model.NetworkMode;
import io.registrator.model.ObservedService;
import io.registrator.model.Outcome;
import io.registrator.model.PortBinding;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.model.StopPolicy;
import io.registrator.model.Weights;
import io.registrator.ops.explain.Headline.Verdict;
import io.registrator.plan.Decision;
import io.registrator.plan.DeregisterPolicy;
import io.registrator.plan.PlanPolicy;
import io.registrator.plan.Planner;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExplainerTest {
    private static final String NODE = "node-1";
    private static final ContainerPort WEB = ContainerPort.tcp(80);
    private static final ContainerPort ADMIN = ContainerPort.tcp(81);
    private static final Planner PLANNER = new Planner(new PlanPolicy(NODE, DeregisterPolicy.ALWAYS, false));
    private static final Deriver DERIVER =
            new Deriver(DerivationSettingsBuilder.of(NODE, "192.0.2.1").build());

    @Test
    void saysOfARegisteredContainerThatAllIsWell() {
        Headline headline =
                explain(container("web", List.of(), WEB), new Known()).headline();

        assertThat(headline.verdict()).isEqualTo(Verdict.REGISTERED);
        assertThat(headline.cause()).contains("is registered as app at 192.0.2.1:32080");
        assertThat(headline.advice()).isEmpty();
    }

    @Test
    void saysWhatIsMissingWhenTheRegistryHasNothing() {
        Known nothing = new Known();
        nothing.registered = false;

        Explanation.OfContainer explained = explain(container("web", List.of(), WEB), nothing);

        assertThat(explained.headline().verdict()).isEqualTo(Verdict.NOT_REGISTERED);
        assertThat(explained.headline().cause()).contains("the registry does not have node-1:web:80");
        assertThat(state(explained)).isEqualTo(new RegistryState.Missing());
    }

    @Test
    void noticesThatAnotherNodeIdHasTheContainer() {
        Known known = new Known();
        ObservedService theirs = known.asWanted(new ServiceId("node-1:web:80"));
        Evidence evidence = new Evidence() {
            @Override
            public Outcome<Optional<ObservedService>> observed(ServiceId id) {
                return Outcome.success(Optional.empty());
            }

            @Override
            public ImmutableList<ObservedService> registeredFor(ContainerId container) {
                return ImmutableList.of(theirs);
            }
        };
        Deriver mistaken =
                new Deriver(DerivationSettingsBuilder.of("node-2", "192.0.2.1").build());

        Explanation.OfContainer explained = new Explainer(
                        new Planner(new PlanPolicy("node-2", DeregisterPolicy.ALWAYS, false)))
                .explain(known.container, mistaken.derive(known.container, other -> Optional.empty()), evidence);

        assertThat(explained.headline().cause()).endsWith("node node-1 has this container, as node-1:web:80");
        assertThat(explained.headline().advice()).contains("-node-id node-1");
        assertThat(state(explained)).isEqualTo(new RegistryState.OtherNode("node-1", theirs.id()));
    }

    @Test
    void saysOfAStoppedContainerThatItsServicesAreKept() {
        Known kept = new Known();
        ObservedService service = kept.asWanted(new ServiceId("node-1:web:80"));
        ContainerSnapshot stopped = kept.container.ended(1);
        Evidence evidence = new Evidence() {
            @Override
            public Outcome<Optional<ObservedService>> observed(ServiceId id) {
                return Outcome.success(Optional.of(service));
            }

            @Override
            public ImmutableList<ObservedService> registeredFor(ContainerId container) {
                return container.equals(stopped.id()) ? ImmutableList.of(service) : ImmutableList.of();
            }
        };

        assertThat(headline(stopped, DeregisterPolicy.NEVER, evidence).cause())
                .contains("does not run, and -deregister keeps it registered: node-1:web:80");
        assertThat(headline(stopped, DeregisterPolicy.ALWAYS, evidence).cause()).contains("is not registered");
    }

    private static Headline headline(ContainerSnapshot container, DeregisterPolicy policy, Evidence evidence) {
        return new Explainer(new Planner(new PlanPolicy("node-1", policy, false)))
                .explain(container, DERIVER.derive(container, other -> Optional.empty()), evidence)
                .headline();
    }

    @Test
    void tellsOfTheRegistrysRefusalBeforeAnythingElse() {
        Known refusing = new Known();
        refusing.registered = false;
        refusing.refusal = Optional.of("Consul refuses it; add a rule");

        Headline headline = explain(container("web", List.of("SERVICE_NAM=shop"), WEB), refusing)
                .headline();

        assertThat(headline.cause()).endsWith("is not registered: Consul refuses it");
        assertThat(headline.advice()).isEqualTo("add a rule");
    }

    @Test
    void tellsOfAMisspeltKeyOfARegisteredContainer() {
        Headline headline = explain(container("web", List.of("SERVICE_NAM=shop"), WEB), new Known())
                .headline();

        assertThat(headline.verdict()).isEqualTo(Verdict.DOUBTFUL);
        assertThat(headline.cause()).contains("SERVICE_NAM is kept as meta only");
        assertThat(headline.advice()).contains("SERVICE_NAME");
    }

    @Test
    void namesThePortThatIsLeftOutBesideOneThatIsRegistered() {
        Headline headline = explain(container("web", List.of(), WEB).exposing(ADMIN), new Known())
                .headline();

        assertThat(headline.cause())
                .contains("is registered with 1 of 2 ports; port 81/tcp is not: not published on the host");
    }

    @Test
    void showsTheFieldsInWhichTheRegistryDiffers() {
        Known renamed = new Known();
        renamed.name = "other";

        Explanation.OfContainer explained = explain(container("web", List.of(), WEB), renamed);

        assertThat(state(explained))
                .isInstanceOfSatisfying(
                        RegistryState.Differs.class,
                        differs -> assertThat(differs.fields())
                                .containsExactly(new RegistryState.Difference("name", "app", "other")));
        assertThat(explained.headline().cause()).contains("the registry has it otherwise: name");
    }

    @Test
    void doesNotGuessWhenTheRegistryIsSilent() {
        Known silent = new Known();
        silent.failure = Optional.of(new Failure.Transient("connection refused"));

        Headline headline = explain(container("web", List.of(), WEB), silent).headline();

        assertThat(headline.verdict()).isEqualTo(Verdict.DOUBTFUL);
        assertThat(headline.cause()).contains("whether it is registered cannot be told: connection refused");
    }

    @Test
    void tellsOfAPausedContainerBeforeItsCriticalCheck() {
        Known critical = new Known();
        critical.checks = ImmutableList.of(new CheckResult("tcp", CheckStatus.CRITICAL, "timeout"));
        Snapshot running = container("web", List.of(), WEB);

        assertThat(explain(running, critical).headline().cause()).contains("its check 'tcp' is critical: timeout");
        assertThat(explain(running.in(ContainerState.PAUSED), critical)
                        .headline()
                        .cause())
                .contains("is paused");
    }

    @Test
    void explainsServicesOfOthers() {
        Explainer explainer = new Explainer(PLANNER);
        ObservedService foreign = service("by-hand", Map.of());
        ObservedService elsewhere = service("node-2:web:80", owner("node-2"));
        ObservedService leftover = service("node-1:web:80", owner(NODE));

        assertThat(cause(explainer, foreign)).contains("not from any registrator");
        assertThat(cause(explainer, elsewhere)).contains("registrator on node node-2");
        assertThat(cause(explainer, leftover)).contains("leftover");
    }

    @Test
    void saysThatAPredecessorsServiceOfARunningContainerStays() {
        Explainer cleaning = new Explainer(new Planner(new PlanPolicy(NODE, DeregisterPolicy.ALWAYS, true)));
        ObservedService spared = service(NODE + ":web:80", Map.of());
        ContainerSnapshot running =
                container("web", List.of("SERVICE_IGNORE=1"), WEB).snapshot();

        assertThat(cleaning.explain(spared, ImmutableList.of(), new Reach.NotTried(), name -> Optional.of(running))
                        .headline()
                        .cause())
                .contains("its container web runs here");
        assertThat(cause(cleaning, spared)).contains("leftover");
    }

    @Test
    void becomesJson() {
        var json = ExplanationJson.of(explain(container("web", List.of(), WEB).exposing(ADMIN), new Known()));

        var ports = json.getAsJsonArray("ports");
        assertThat(json.get("verdict").getAsString()).isEqualTo("registered");
        assertThat(ports.get(0)
                        .getAsJsonObject()
                        .getAsJsonObject("registry")
                        .get("state")
                        .getAsString())
                .isEqualTo("in_sync");
        assertThat(ports.get(1).getAsJsonObject().get("reason").getAsString()).isEqualTo("not_published");
    }

    private static String cause(Explainer explainer, ObservedService service) {
        return explainer
                .explain(service, ImmutableList.of(), new Reach.NotTried(), name -> Optional.empty())
                .headline()
                .cause();
    }

    private static RegistryState state(Explanation.OfContainer explained) {
        return ((PortExplanation.Service) explained.ports().getFirst()).state();
    }

    private static Explanation.OfContainer explain(Snapshot container, Known known) {
        ContainerSnapshot snapshot = container.snapshot();
        known.container = snapshot;
        return new Explainer(PLANNER).explain(snapshot, DERIVER.derive(snapshot, other -> Optional.empty()), known);
    }

    private static Map<String, String> owner(String node) {
        return Map.of("registrator-owner", node, "registrator-container", "0123456789ab", "registrator-hash", "0");
    }

    private static ObservedService service(String id, Map<String, String> meta) {
        return new ObservedService(
                new ServiceId(id),
                "web",
                ImmutableList.of(),
                "192.0.2.9",
                80,
                ImmutableSortedMap.of(),
                ImmutableSortedMap.copyOf(meta),
                Weights.DEFAULT,
                false);
    }

    private static Snapshot container(String name, List<String> env, ContainerPort published) {
        return new Snapshot(name, env, published, ImmutableSortedSet.of(published), ContainerState.RUNNING);
    }

    /** A container of the image {@code app} that publishes one port on 32000 more. */
    private record Snapshot(
            String name,
            List<String> env,
            ContainerPort published,
            ImmutableSortedSet<ContainerPort> exposed,
            ContainerState state) {
        private Snapshot exposing(ContainerPort more) {
            return new Snapshot(name, env, published, ImmutableSortedSet.of(published, more), state);
        }

        private Snapshot in(ContainerState other) {
            return new Snapshot(name, env, published, exposed, other);
        }

        private ContainerSnapshot snapshot() {
            return new ContainerSnapshot(
                    new ContainerId("4c01db0b339c4c01db0b339c"),
                    name,
                    "app:1",
                    Instant.EPOCH,
                    Instant.EPOCH,
                    state,
                    0,
                    HealthReport.NONE,
                    StopPolicy.DEFAULT,
                    ImmutableList.copyOf(env),
                    ImmutableMap.of(),
                    exposed,
                    ImmutableSortedMap.of(
                            published, ImmutableList.of(new PortBinding("0.0.0.0", 32_000 + published.number()))),
                    new NetworkMode("default"),
                    ImmutableSortedMap.of("bridge", new NetworkEndpoint("172.17.0.2", "")));
        }
    }

    /** Knows what it is told; unless told otherwise, that all is registered. */
    private static final class Known implements Evidence {
        private boolean registered = true;
        private Optional<Failure> failure = Optional.empty();
        private Optional<String> refusal = Optional.empty();
        private ImmutableList<CheckResult> checks = ImmutableList.of();
        private String name = "";
        private ContainerSnapshot container = container("web", List.of(), WEB).snapshot();

        @Override
        public Outcome<Optional<ObservedService>> observed(ServiceId id) {
            return failure.<Outcome<Optional<ObservedService>>>map(Outcome::failed)
                    .orElseGet(() -> Outcome.success(registered ? Optional.of(asWanted(id)) : Optional.empty()));
        }

        /** What the planner would write, as it is then observed. */
        private ObservedService asWanted(ServiceId id) {
            DerivedService service = DERIVER.derive(container, other -> Optional.empty()).services().stream()
                    .filter(each -> each.definition().id().equals(id))
                    .findFirst()
                    .orElseThrow();
            Decision.Register register = (Decision.Register) PLANNER.decide(id, service.definition(), null, container);
            ObservedService wanted = register.definition().asObserved();
            return new ObservedService(
                    id,
                    name.isEmpty() ? wanted.name() : name,
                    wanted.tags(),
                    wanted.address(),
                    wanted.port(),
                    wanted.taggedAddresses(),
                    wanted.meta(),
                    wanted.weights(),
                    wanted.enableTagOverride());
        }

        @Override
        public Optional<IdConflict> conflict(ServiceId id) {
            return Optional.empty();
        }

        @Override
        public ImmutableList<CheckResult> checks(ServiceId id) {
            return checks;
        }

        @Override
        public Optional<String> refusal(ServiceDefinition definition) {
            return refusal;
        }
    }
}
