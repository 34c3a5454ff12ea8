package io.registrator.app.daemon;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import io.registrator.derive.DerivedService;
import io.registrator.derive.IdConflict;
import io.registrator.model.CheckResult;
import io.registrator.model.ContainerId;
import io.registrator.model.ObservedService;
import io.registrator.model.Outcome;
import io.registrator.model.Probe;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.ops.explain.Evidence;
import io.registrator.ops.explain.Reach;
import io.registrator.ops.explain.Survey;
import io.registrator.plan.OwnerMark;
import io.registrator.reconcile.ServiceRegistry;
import io.registrator.registry.consul.AclRule;
import io.registrator.registry.consul.ConsulQuestions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks registry and services themselves, and writes nothing. What the registry has is asked once. */
final class LiveEvidence implements Evidence {
    private final Survey survey;
    private final ServiceRegistry registry;
    private final Outcome<ImmutableMap<ServiceId, ObservedService>> observed;
    private final @Nullable ConsulQuestions consul;
    private final ImmutableListMultimap<ServiceId, CheckResult> checks;

    LiveEvidence(
            Survey survey,
            ServiceRegistry registry,
            Outcome<ImmutableMap<ServiceId, ObservedService>> observed,
            @Nullable ConsulQuestions consul) {
        this.survey = survey;
        this.registry = registry;
        this.observed = observed;
        this.consul = consul;
        this.checks = consul != null
                        && observed instanceof Outcome.Success<?>
                        && consul.checks()
                                instanceof Outcome.Success<ImmutableListMultimap<ServiceId, CheckResult>>(var found)
                ? found
                : ImmutableListMultimap.of();
    }

    @Override
    public Outcome<Optional<ObservedService>> observed(ServiceId id) {
        return switch (observed) {
            case Outcome.Success<ImmutableMap<ServiceId, ObservedService>>(var all) ->
                Outcome.success(Optional.ofNullable(all.get(id)));
            case Outcome.Failed<ImmutableMap<ServiceId, ObservedService>>(var why) -> Outcome.failed(why);
        };
    }

    @Override
    public ImmutableList<ObservedService> registeredFor(ContainerId container) {
        return observed instanceof Outcome.Success<ImmutableMap<ServiceId, ObservedService>>(var all)
                ? all.values().stream()
                        .filter(service -> OwnerMark.in(service.meta())
                                .filter(mark -> mark.container().equals(container))
                                .isPresent())
                        .collect(toImmutableList())
                : ImmutableList.of();
    }

    @Override
    public Optional<IdConflict> conflict(ServiceId id) {
        return survey.conflict(id);
    }

    @Override
    public ImmutableList<CheckResult> checks(ServiceId id) {
        return checks.get(id);
    }

    @Override
    public Optional<String> refusal(ServiceDefinition definition) {
        Optional<String> plain = registry.refusal(definition);
        return plain.isPresent() || consul == null
                ? plain
                : scripts(definition, consul).or(() -> right(definition, consul));
    }

    /** Consul answers 500 {@code Scripts are disabled on this agent}. */
    private static Optional<String> scripts(ServiceDefinition definition, ConsulQuestions consul) {
        boolean asks = definition.checks().stream().anyMatch(check -> check.probe() instanceof Probe.Script);
        return asks && consul.takesScripts() instanceof Outcome.Success<Boolean>(Boolean taken) && !taken
                ? Optional.of("Consul refuses script checks on this agent (enable_script_checks is off); use another"
                        + " kind of check, or allow them in the agent's configuration")
                : Optional.empty();
    }

    /** A service with a token of its own is written with that one, which is not asked about. */
    private static Optional<String> right(ServiceDefinition definition, ConsulQuestions consul) {
        AclRule write = new AclRule("service", definition.name(), "write");
        return definition.token() == null
                        && consul.missing(ImmutableList.of(write))
                                instanceof Outcome.Success<ImmutableList<AclRule>>(var missing)
                        && !missing.isEmpty()
                ? Optional.of("Consul refuses it (403): the token may not write the service " + definition.name()
                        + "; add to its policy: " + write.policy())
                : Optional.empty();
    }

    @Override
    public Reach reach(DerivedService service) {
        return ReachProbe.of(service);
    }
}
