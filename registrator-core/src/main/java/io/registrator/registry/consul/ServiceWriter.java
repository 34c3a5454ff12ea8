package io.registrator.registry.consul;

import com.ecwid.consul.v1.agent.model.Check;
import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.registrator.model.CheckDefinition;
import io.registrator.model.CheckStatus;
import io.registrator.model.Condition;
import io.registrator.model.ObservedService;
import io.registrator.model.Secret;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.reconcile.ServiceRegistry.Done;
import java.io.IOException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes services without harm to those that are there already. Right before each write the agent is asked for the service,
 * so that what somebody else has registered meanwhile is left alone. A service that is new, or is sure to have the same
 * checks, is written then. For any other the agent is asked for its checks too, and then
 *
 * <ul>
 *   <li>new checks start with the worst status of the service's own checks before them, so that a healthy service never
 *       turns critical for being redefined;
 *   <li>checks that are no longer defined are removed: by the same request when the service has only checks of its own; one
 *       by one when others have added some, because that request would remove theirs too, and with them an operator's
 *       maintenance mode.
 * </ul>
 *
 * A service that was registered with an outdated token is registered with the present one before it is deregistered, or the
 * agent could not remove it from the catalog.
 */
final class ServiceWriter {
    private final AgentApi api;
    private final FeatureGate gate;
    private final KnownServices known;
    private final Credentials credentials;
    private final TagsOfOthers tags;
    /** The tokens of services that have one of their own. */
    private final Map<ServiceId, Secret> tokens = new ConcurrentHashMap<>();

    ServiceWriter(AgentApi api, FeatureGate gate, KnownServices known, Credentials credentials) {
        this.api = api;
        this.gate = gate;
        this.known = known;
        this.credentials = credentials;
        this.tags = new TagsOfOthers(api);
    }

    void useToken(ServiceId id, Secret token) {
        tokens.put(id, token);
    }

    VisibleServices visible() throws IOException {
        return VisibleServices.of(api, tokens);
    }

    Done register(ServiceDefinition service, Condition condition, Predicate<Optional<ObservedService>> expected)
            throws IOException {
        // What has to be asked for is asked before the look, so that nothing but the write comes after it.
        Set<Feature> leftOut = gate.leftOut(service);
        Optional<String> token = credentials.present();
        String mark = credentials.markFor(service);
        AgentService before = api.as(service.token()).service(service.id()).orElse(null);
        if (!expected.test(Optional.ofNullable(before).map(found -> Observations.of(service.id(), found, token)))) {
            return Done.SKIPPED;
        }
        rememberToken(service);
        Registration registration = new Registration(tags.keptIn(service, before), condition, leftOut, mark);
        ImmutableSet<String> checkIds = registration.checkIds();
        boolean sure = before == null || known.hasChecks(service.id(), checkIds);
        known.writing(service.id());
        if (sure) {
            apiFor(service.id()).register(registration.fresh(), false);
        } else {
            lookAndRegister(registration, checkIds);
        }
        known.wrote(service, checkIds);
        return Done.APPLIED;
    }

    Done deregister(ServiceId id, Predicate<ObservedService> expected) throws IOException {
        AgentService before = apiFor(id).service(id).orElse(null);
        if (before != null) {
            Optional<String> token = credentials.present();
            ObservedService seen = Observations.of(id, before, token);
            if (!expected.test(seen)) {
                return Done.SKIPPED;
            }
            if (seen.outdatedToken()) {
                apiFor(id).register(ServiceDocument.same(before, token.orElse("")), false);
            }
            apiFor(id).deregister(id);
        }
        known.removed(id);
        gate.forget(id);
        tokens.remove(id);
        return Done.APPLIED;
    }

    private AgentApi apiFor(ServiceId id) {
        return api.as(tokens.get(id));
    }

    private void rememberToken(ServiceDefinition service) {
        if (service.token() == null) {
            tokens.remove(service.id());
        } else {
            tokens.put(service.id(), service.token());
        }
    }

    Done heartbeat(ServiceDefinition service, Condition condition) throws IOException {
        Set<Feature> leftOut = gate.leftOut(service);
        for (CheckDefinition check : service.checks()) {
            if (check.heartbeat().isPresent()
                    && !apiFor(service.id())
                            .update(CheckDocuments.idOf(service, check, leftOut), CheckUpdate.of(check, condition))) {
                return Done.SKIPPED;
            }
        }
        return Done.APPLIED;
    }

    /** An operator may have been faster: that is not ours to end. */
    Done maintain(ServiceId id, @Nullable String reason, Predicate<Optional<String>> expected) throws IOException {
        Optional<ImmutableList<Check>> checks = apiFor(id).checks(id);
        boolean isExpected = checks.isPresent() && expected.test(maintenance(id, checks.get()));
        return isExpected && apiFor(id).maintain(id, reason) ? Done.APPLIED : Done.SKIPPED;
    }

    private static Optional<String> maintenance(ServiceId id, ImmutableList<Check> checks) {
        return checks.stream()
                .filter(check -> AgentApi.maintenanceCheck(id).equals(check.getCheckId()))
                .map(check -> Strings.nullToEmpty(check.getNotes()))
                .findFirst();
    }

    private void lookAndRegister(Registration registration, ImmutableSet<String> checkIds) throws IOException {
        Optional<ImmutableList<Check>> before = apiFor(registration.id()).checks(registration.id());
        if (before.isEmpty()) {
            apiFor(registration.id()).register(registration.fresh(), false);
        } else {
            update(registration, ExistingChecks.of(registration.id(), before.get()), checkIds);
        }
    }

    private void update(Registration registration, ExistingChecks existing, ImmutableSet<String> checkIds)
            throws IOException {
        ImmutableSet<String> stale =
                Sets.difference(existing.ownIds(), checkIds).immutableCopy();
        boolean replace = !stale.isEmpty() && !existing.hasForeign();
        AgentApi authorized = apiFor(registration.id());
        authorized.register(registration.continuing(existing.worstOwn()), replace);
        if (!replace) {
            for (String checkId : stale) {
                authorized.deregisterCheck(checkId);
            }
        }
    }

    /**
     * The checks that a service has.
     *
     * @param hasForeign whether somebody else has added some, such as an operator's maintenance mode
     */
    private record ExistingChecks(ImmutableSet<String> ownIds, CheckStatus worstOwn, boolean hasForeign) {

        static ExistingChecks of(ServiceId service, ImmutableList<Check> checks) {
            ImmutableList<Check> own = checks.stream()
                    .filter(check -> CheckDocuments.isOwn(service, check.getCheckId()))
                    .collect(ImmutableList.toImmutableList());
            return new ExistingChecks(
                    own.stream().map(Check::getCheckId).collect(ImmutableSet.toImmutableSet()),
                    own.stream()
                            .map(check -> status(check.getStatus()))
                            .max(Comparator.naturalOrder())
                            // A service without checks counts as healthy.
                            .orElse(CheckStatus.PASSING),
                    own.size() < checks.size());
        }

        private static CheckStatus status(Check.@Nullable CheckStatus status) {
            return switch (status) {
                case PASSING -> CheckStatus.PASSING;
                case WARNING -> CheckStatus.WARNING;
                case CRITICAL, UNKNOWN -> CheckStatus.CRITICAL;
                case null -> CheckStatus.CRITICAL;
            };
        }
    }
}
