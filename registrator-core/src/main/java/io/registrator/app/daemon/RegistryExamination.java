package io.registrator.app.daemon;

import com.google.common.collect.ImmutableList;
import io.registrator.app.config.ConsulAccess;
import io.registrator.app.config.RegistryAddress;
import io.registrator.model.Failure;
import io.registrator.model.Outcome;
import io.registrator.ops.doctor.Diagnosis;
import io.registrator.ops.doctor.Finding;
import io.registrator.registry.consul.AclRule;
import io.registrator.registry.consul.ConsulAgent;
import io.registrator.registry.consul.ConsulQuestions;
import io.registrator.registry.consul.KvRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** The registry's part of what {@link Doctor} looks at. */
final class RegistryExamination {
    private static final String UNKNOWN_TOKEN = "ACL not found";
    private static final AclRule AGENT = new AclRule("agent", "", "read");

    private static final String DENIED = "ermission denied";

    private final RegistryAddress address;
    private final boolean hasToken;
    private final @Nullable ConsulQuestions consul;
    private final Map<String, String> facts;
    private final List<Finding> findings;

    RegistryExamination(
            RegistryAddress address,
            ConsulAccess access,
            @Nullable ConsulQuestions consul,
            Map<String, String> facts,
            List<Finding> findings) {
        this.address = address;
        this.hasToken = access.token() != null || access.tokenFile() != null;
        this.consul = consul;
        this.facts = facts;
        this.findings = findings;
    }

    /** The registry could not be listed. */
    void silent(Failure why) {
        if (isForbidden(why) && why.message().contains(UNKNOWN_TOKEN)) {
            findings.add(Diagnosis.tokenUnknown(why.message()));
        } else if (isForbidden(why) && why.message().contains(DENIED)) {
            findings.add(Diagnosis.missingRights(List.of(new AclRule("service", "", "write").policy()), hasToken));
        } else {
            findings.add(Diagnosis.registryUnreachable(why.message()));
        }
    }

    /** @param names of the services that are wanted */
    void answering(List<String> names) {
        if (consul == null) {
            return;
        }
        switch (consul.agent()) {
            case Outcome.Success<ConsulAgent>(ConsulAgent agent) -> {
                facts.put("Consul", agent.version() + ", node " + agent.nodeName() + " at " + agent.address());
                leader(consul);
                rights(consul, names, agent.nodeName(), List.of());
            }
            case Outcome.Failed<ConsulAgent>(Failure why)
            when isForbidden(why) -> {
                if (why.message().contains(UNKNOWN_TOKEN)) {
                    findings.add(Diagnosis.tokenUnknown(why.message()));
                    return;
                }
                leader(consul);
                rights(consul, names, "registrator", List.of(AGENT.policy()));
            }
            case Outcome.Failed<ConsulAgent>(Failure why) -> findings.add(Diagnosis.registryUnreachable(why.message()));
        }
    }

    private void leader(ConsulQuestions asked) {
        if (asked.hasLeader() instanceof Outcome.Success<Boolean>(Boolean has) && !has) {
            findings.add(Diagnosis.noLeader());
        }
    }

    private void rights(ConsulQuestions asked, List<String> names, String node, List<String> known) {
        List<String> missing = new ArrayList<>(known);
        if (asked.missing(wanted(names, node)) instanceof Outcome.Success<ImmutableList<AclRule>>(var rules)) {
            rules.stream().map(AclRule::policy).distinct().forEach(missing::add);
        }
        if (!missing.isEmpty()) {
            findings.add(Diagnosis.missingRights(missing, hasToken));
        }
    }

    private List<AclRule> wanted(List<String> names, String node) {
        List<AclRule> rules = new ArrayList<>();
        if (address instanceof RegistryAddress.ConsulKv kv) {
            rules.add(new AclRule("key", kv.prefix() + "/", "write"));
            rules.add(new AclRule("key", KvRegistry.RECORDS + kv.prefix() + "/", "write"));
        } else {
            names.forEach(name -> rules.add(new AclRule("service", name, "write")));
            rules.add(new AclRule("node", node, "read"));
        }
        return rules;
    }

    private static boolean isForbidden(Failure why) {
        return why instanceof Failure.Rejected no && no.status() == HttpStatus.SC_FORBIDDEN;
    }
}
