package io.registrator.registry.consul;

import static com.google.common.collect.ImmutableListMultimap.toImmutableListMultimap;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import io.registrator.model.CheckResult;
import io.registrator.model.Outcome;
import io.registrator.model.ServiceId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.hc.core5.http.HttpStatus;

/** What a person wants to know of an agent beside its services. Writes nothing. From any thread. */
public final class ConsulQuestions {

    private final AgentApi api;

    ConsulQuestions(AgentApi api) {
        this.api = api;
    }

    /** Who the agent is; needs {@code agent:read}. */
    public Outcome<ConsulAgent> agent() {
        return Failures.outcome(() -> {
            AgentSelf self = api.self();
            return new ConsulAgent(self.version(), self.nodeName(), self.address(), api.hasLeader());
        });
    }

    /** Whether its cluster has a leader; needs no right. */
    public Outcome<Boolean> hasLeader() {
        return Failures.outcome(api::hasLeader);
    }

    /** What the checks of each service found out, those that the token may read. */
    public Outcome<ImmutableListMultimap<ServiceId, CheckResult>> checks() {
        return Failures.outcome(() -> api.allChecks().values().stream()
                .filter(check -> ServiceId.isValid(Objects.requireNonNullElse(check.serviceId(), "")))
                .collect(toImmutableListMultimap(
                        check -> new ServiceId(Objects.requireNonNull(check.serviceId())), AgentCheck::result)));
    }

    /** Whether checks may run commands on the agent's host; needs {@code agent:read}. */
    public Outcome<Boolean> takesScripts() {
        return Failures.outcome(() -> api.scripts().areTaken());
    }

    /**
     * Which of these rights our token lacks; none where ACLs are off, or the agent is too old to be asked.
     */
    public Outcome<ImmutableList<AclRule>> missing(List<AclRule> rules) {
        return Failures.outcome(() -> missingOf(rules));
    }

    private ImmutableList<AclRule> missingOf(List<AclRule> rules) throws IOException {
        try {
            List<AclAnswer> answers = api.authorize(rules);
            List<AclRule> missing = new ArrayList<>();
            for (int i = 0; i < Math.min(rules.size(), answers.size()); i++) {
                if (!answers.get(i).allow()) {
                    missing.add(rules.get(i));
                }
            }
            return ImmutableList.copyOf(missing);
        } catch (RefusedException refused) {
            if (isUnableToTell(refused.status())) {
                return ImmutableList.of();
            }
            throw refused;
        }
    }

    private static boolean isUnableToTell(int status) {
        return status == HttpStatus.SC_UNAUTHORIZED
                || status == HttpStatus.SC_NOT_FOUND
                || status == HttpStatus.SC_METHOD_NOT_ALLOWED;
    }
}
