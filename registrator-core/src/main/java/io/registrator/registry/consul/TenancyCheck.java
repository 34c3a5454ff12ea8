package io.registrator.registry.consul;

import java.io.IOException;
import org.apache.hc.core5.http.HttpStatus;

/**
 * Makes sure that the agent knows namespaces and partitions where they are asked for. An agent of the community edition
 * refuses the one, but some versions of it ignore the other, and services would be where nobody looks for them.
 */
final class TenancyCheck {

    /** How versions of Consul Enterprise end. */
    private static final String ENTERPRISE = "+ent";

    private final AgentApi api;
    private final Tenancy tenancy;
    private volatile boolean isSure;

    TenancyCheck(AgentApi api, Tenancy tenancy) {
        this.api = api;
        this.tenancy = tenancy;
        this.isSure = !tenancy.isAsked();
    }

    /** @throws RefusedException when the agent does not know them */
    void insist() throws IOException {
        if (!isSure) {
            ask();
            isSure = true;
        }
    }

    private void ask() throws IOException {
        try {
            String version = api.self().version();
            if (!version.contains(ENTERPRISE)) {
                throw new RefusedException(
                        "cannot register in " + tenancy + ": namespaces and partitions need Consul Enterprise, and this"
                                + " agent is Consul " + version,
                        HttpStatus.SC_BAD_REQUEST,
                        "");
            }
        } catch (RefusedException refused) {
            // Who may not read the version has to trust the agent.
            if (refused.status() != HttpStatus.SC_FORBIDDEN) {
                throw refused;
            }
        }
    }
}
