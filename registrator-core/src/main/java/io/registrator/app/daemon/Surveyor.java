package io.registrator.app.daemon;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import io.registrator.app.config.DaemonConfig;
import io.registrator.model.CheckResult;
import io.registrator.model.ObservedService;
import io.registrator.model.Outcome;
import io.registrator.model.ServiceId;
import io.registrator.ops.explain.Explainer;
import io.registrator.ops.explain.Explanation;
import io.registrator.ops.explain.OwnedService;
import io.registrator.ops.explain.Preview;
import io.registrator.ops.explain.Survey;
import io.registrator.plan.OwnerMark;
import io.registrator.plan.Planner;
import io.registrator.reconcile.ServiceRegistry.Done;
import io.registrator.registry.consul.ConsulQuestions;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Looks at engine and registry once, as the daemon with the same configuration would see them, for a person who asks. Only
 * {@link #deregister} writes.
 */
public final class Surveyor implements AutoCloseable {
    private final Peers peers;

    private Surveyor(Peers peers) {
        this.peers = peers;
    }

    /**
     * With no connection open yet.
     *
     * @throws io.registrator.app.config.ConfigException when an option makes no sense, or a file that the configuration names
     *     cannot be used
     */
    public static Surveyor open(DaemonConfig config) {
        return new Surveyor(Peers.open(config));
    }

    /**
     * All containers.
     *
     * @throws StartupException when the engine does not answer
     */
    public Survey survey() {
        Node node = peers.node(Answers.orFail(peers.engine().engine()));
        Survey survey = peers.survey(node);
        return survey.awaitsHostAddress() ? survey.at(peers.hostAddress(node).find()) : survey;
    }

    /**
     * Why this container or service is, or is not, in the registry; empty when nobody knows it. A registry that does not
     * answer is part of the explanation.
     *
     * @param subject a container's name, ID or the beginning of it, or a service's ID
     */
    public Optional<Explanation> explain(Survey survey, String subject) {
        Outcome<ImmutableMap<ServiceId, ObservedService>> listing =
                peers.registry().services().list();
        ConsulQuestions consul = peers.registry().consul();
        LiveEvidence evidence = new LiveEvidence(survey, peers.registry().services(), listing, consul);
        Optional<ObservedService> observed =
                listing instanceof Outcome.Success<ImmutableMap<ServiceId, ObservedService>>(var all)
                                && ServiceId.isValid(subject)
                        ? Optional.ofNullable(all.get(new ServiceId(subject)))
                        : Optional.empty();
        Explainer explainer = new Explainer(survey.planner());
        return survey.find(subject)
                .or(() -> observed.flatMap(service -> OwnerMark.in(service.meta()))
                        .flatMap(mark -> survey.find(mark.container().value())))
                .<Explanation>map(
                        container -> explainer.explain(container, survey.derivation(container.id()), evidence))
                .or(() -> observed.map(service -> explainer.explain(
                        service,
                        evidence.checks(service.id()),
                        ReachProbe.of(service.address(), service.port()),
                        survey::find)));
    }

    /**
     * What a run would do.
     *
     * @throws StartupException when the registry does not answer
     */
    public Preview plan(Survey survey) {
        return survey.plan(Answers.orFail(peers.registry().services().list()));
    }

    /**
     * What the registry has of this node.
     *
     * @throws StartupException when the registry, or an engine that has to be asked who we are, does not answer
     */
    public ImmutableList<OwnedService> owned() {
        Planner planner = planner();
        ImmutableListMultimap<ServiceId, CheckResult> checks = checks();
        return Answers.orFail(peers.registry().services().list()).values().stream()
                .filter(planner::isMine)
                .map(service -> new OwnedService(service, checks.get(service.id())))
                .collect(toImmutableList());
    }

    /**
     * Other node IDs that have containers of this engine of which we have registered nothing: those containers' names by node
     * ID. Empty where that cannot be told.
     */
    public ImmutableListMultimap<String, String> ofOtherNodes() {
        try {
            return survey().ofOtherNodes(
                            Answers.orFail(peers.registry().services().list()));
        } catch (StartupException silent) {
            return ImmutableListMultimap.of();
        }
    }

    /** Deregisters a service of this node, if it still is one. */
    public Outcome<Done> deregister(OwnedService owned) {
        Predicate<ObservedService> mine = planner()::isMine;
        return peers.registry().services().deregister(owned.service().id(), mine);
    }

    /** Our node ID. */
    public String nodeId() {
        String given = peers.config().nodeId();
        return given == null ? Answers.orFail(peers.engine().engine()).name() : given;
    }

    private Planner planner() {
        return new Planner(Settings.policy(peers.config(), nodeId()));
    }

    private ImmutableListMultimap<ServiceId, CheckResult> checks() {
        ConsulQuestions consul = peers.registry().consul();
        return consul != null
                        && consul.checks()
                                instanceof Outcome.Success<ImmutableListMultimap<ServiceId, CheckResult>>(var found)
                ? found
                : ImmutableListMultimap.of();
    }

    @Override
    public void close() {
        peers.close();
    }
}
