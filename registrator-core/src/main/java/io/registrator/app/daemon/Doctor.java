package io.registrator.app.daemon;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.registrator.app.config.DaemonConfig;
import io.registrator.derive.DerivedService;
import io.registrator.derive.DnsName;
import io.registrator.derive.LeftOut;
import io.registrator.derive.Problem;
import io.registrator.engine.docker.EngineInfo;
import io.registrator.model.Failure;
import io.registrator.model.HostAddress;
import io.registrator.model.ObservedService;
import io.registrator.model.Outcome;
import io.registrator.model.ServiceId;
import io.registrator.ops.doctor.Diagnosis;
import io.registrator.ops.doctor.Examination;
import io.registrator.ops.doctor.Finding;
import io.registrator.ops.doctor.RunningDaemon;
import io.registrator.ops.explain.Preview;
import io.registrator.ops.explain.Reach;
import io.registrator.ops.explain.Survey;
import io.registrator.plan.Decision;
import io.registrator.plan.OwnerMark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Looks at all that a daemon with this configuration depends on. Writes nothing. For one use, on one thread. */
public final class Doctor {
    private static final int PROBES_AT_ONCE = 32;

    private final Peers peers;
    private final List<RunningDaemon> daemons;
    private final Map<String, String> facts = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    /** The names of services that are wanted. */
    private ImmutableList<String> names = ImmutableList.of();

    private Doctor(Peers peers, List<RunningDaemon> daemons) {
        this.peers = peers;
        this.daemons = daemons;
    }

    /**
     * What is wrong, and what was looked at.
     *
     * @param daemons those that run on this host
     * @throws io.registrator.app.config.ConfigException when an option makes no sense, or a file that the configuration names
     *     cannot be used
     */
    public static Examination examine(DaemonConfig config, List<RunningDaemon> daemons) {
        try (Peers peers = Peers.open(config)) {
            return new Doctor(peers, daemons).examination();
        }
    }

    private Examination examination() {
        Outcome<ImmutableMap<ServiceId, ObservedService>> observed =
                peers.registry().services().list();
        switch (peers.engine().engine()) {
            case Outcome.Success<EngineInfo>(EngineInfo info) -> engine(info, observed);
            case Outcome.Failed<EngineInfo>(Failure why) -> findings.add(Diagnosis.engineUnreachable(why.message()));
        }
        registry(observed);
        return new Examination(ImmutableMap.copyOf(facts), ImmutableList.copyOf(findings));
    }

    private void registry(Outcome<ImmutableMap<ServiceId, ObservedService>> observed) {
        facts.put("registry", peers.config().registry().toString());
        RegistryExamination registry = new RegistryExamination(
                peers.config().registry(),
                peers.config().consul(),
                peers.registry().consul(),
                facts,
                findings);
        switch (observed) {
            case Outcome.Success<ImmutableMap<ServiceId, ObservedService>>(var all) -> registry.answering(names);
            case Outcome.Failed<ImmutableMap<ServiceId, ObservedService>>(Failure why) -> registry.silent(why);
        }
    }

    private void engine(EngineInfo info, Outcome<ImmutableMap<ServiceId, ObservedService>> observed) {
        facts.put(
                "engine",
                info.serverVersion() + ", API " + info.apiVersion() + ", at "
                        + peers.config().engine().uri());
        String nodeId = Settings.nodeId(peers.config(), info);
        facts.put(
                "node ID",
                nodeId + " (" + (peers.config().nodeId() == null ? "the engine host's name" : "-node-id") + ")");
        if (peers.engine().time() instanceof Outcome.Success<Instant>(Instant engineTime)) {
            Diagnosis.clock(engineTime, Instant.now()).ifPresent(findings::add);
        }
        daemons(nodeId, info);
        Node node = peers.node(info);
        try {
            containers(node, observed);
        } catch (StartupException unable) {
            findings.add(Diagnosis.engineUnreachable(Objects.requireNonNullElse(unable.getMessage(), "")));
        }
    }

    private void address(HostAddress found) {
        facts.put("host address", found.text());
        switch (found) {
            case HostAddress.Known known ->
                Diagnosis.address(known.address(), known.source()).ifPresent(findings::add);
            case HostAddress unknown ->
                findings.add(Diagnosis.noHostAddress("the host's address is " + unknown.text()));
        }
    }

    /** What services need, or would need if a port were published. */
    private Survey addressed(Node node) {
        Survey survey = peers.survey(node);
        String ip = node.settings().rules().ip();
        if (ip != null) {
            address(new HostAddress.Known(ip, "-ip"));
        } else if (survey.awaitsHostAddress() || !node.settings().rules().internal()) {
            HostAddress found = peers.hostAddress(node).find();
            address(found);
            return survey.at(found);
        } else {
            facts.put("host address", "no service needs it");
        }
        return survey;
    }

    private void daemons(String nodeId, EngineInfo info) {
        List<RunningDaemon> same = daemons.stream()
                .filter(daemon -> nodeId.equals(Objects.requireNonNullElse(daemon.nodeId(), info.name())))
                .filter(daemon ->
                        daemon.registry().equals(peers.config().registry().toString()))
                .toList();
        Diagnosis.daemons(nodeId, same).ifPresent(findings::add);
    }

    private void containers(Node node, Outcome<ImmutableMap<ServiceId, ObservedService>> observed) {
        Survey survey = addressed(node);
        List<DerivedService> services = survey.services();
        names = services.stream()
                .map(service -> service.definition().name())
                .distinct()
                .collect(ImmutableList.toImmutableList());
        facts.put("containers", survey.containers().size() + ", giving " + services.size() + " services");
        Diagnosis.mistakes(mistakes(survey)).ifPresent(findings::add);
        Diagnosis.unaddressed(unaddressed(survey)).ifPresent(findings::add);
        Diagnosis.unsafeNames(
                        names.stream().filter(name -> !DnsName.isSafe(name)).toList())
                .ifPresent(findings::add);
        if (observed instanceof Outcome.Success<ImmutableMap<ServiceId, ObservedService>>(var registered)) {
            Diagnosis.taken(taken(survey.plan(registered))).ifPresent(findings::add);
            Diagnosis.strangers(node.id(), strangers(survey, registered)).ifPresent(findings::add);
            survey.ofOtherNodes(registered)
                    .asMap()
                    .forEach((other, containers) -> findings.add(Diagnosis.otherNode(other, containers)));
            Diagnosis.unreachable(silent(survey, services, registered)).ifPresent(findings::add);
        }
    }

    private static List<String> mistakes(Survey survey) {
        return survey.containers().stream()
                .map(container -> survey.derivation(container.id()))
                .filter(derivation -> !derivation.errors().isEmpty())
                .map(derivation -> derivation.container() + " "
                        + derivation.errors().stream()
                                .map(Problem::key)
                                .distinct()
                                .toList())
                .sorted()
                .toList();
    }

    private static List<String> unaddressed(Survey survey) {
        return survey.containers().stream()
                .map(container -> survey.derivation(container.id()))
                .flatMap(derivation -> derivation.leftOut().stream()
                        .filter(port -> port.reason() == LeftOut.Reason.NO_ADDRESS)
                        .map(port -> derivation.container() + " port " + port.port()))
                .sorted()
                .toList();
    }

    private static List<String> taken(Preview preview) {
        Stream<String> byOurs = preview.claimedTwice().stream()
                .map(conflict ->
                        conflict.id() + " (" + conflict.kept() + " has it, wanted by " + conflict.refused() + ")");
        Stream<String> byOthers = preview.decisions().stream()
                .filter(Decision.Conflict.class::isInstance)
                .map(Decision.Conflict.class::cast)
                .map(conflict -> conflict.id() + " (not ours, wanted by "
                        + conflict.definition().container() + ")");
        return Stream.concat(byOurs, byOthers).toList();
    }

    private static List<ServiceId> strangers(Survey survey, ImmutableMap<ServiceId, ObservedService> registered) {
        return registered.values().stream()
                .filter(survey.planner()::isMine)
                .filter(service -> OwnerMark.in(service.meta())
                        .flatMap(mark -> survey.find(mark.container().value()))
                        .isEmpty())
                .map(ObservedService::id)
                .sorted()
                .toList();
    }

    private static List<String> silent(
            Survey survey, List<DerivedService> services, ImmutableMap<ServiceId, ObservedService> registered) {
        List<DerivedService> ours = services.stream()
                .filter(service -> {
                    ObservedService observed =
                            registered.get(service.definition().id());
                    return observed != null && survey.planner().isMine(observed);
                })
                .toList();
        List<Callable<String>> probes = ours.stream()
                .<Callable<String>>map(service -> () -> told(service))
                .toList();
        try (ExecutorService workers =
                Executors.newFixedThreadPool(PROBES_AT_ONCE, Thread.ofVirtual().factory())) {
            return workers.invokeAll(probes).stream()
                    .map(Future::resultNow)
                    .filter(text -> !text.isEmpty())
                    .toList();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private static String told(DerivedService service) {
        return ReachProbe.of(service) instanceof Reach.Silent(String why)
                ? service.definition().id() + " at " + service.definition().target() + " (" + why + ")"
                : "";
    }
}
