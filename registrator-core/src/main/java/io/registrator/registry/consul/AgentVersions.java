package io.registrator.registry.consul;

import java.io.IOException;
import java.util.Optional;
import org.apache.hc.core5.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent's version, asked for when first needed and after the agent may have been replaced. */
final class AgentVersions {
    private static final Logger LOG = LoggerFactory.getLogger(AgentVersions.class);

    private final AgentApi api;
    private volatile @Nullable AgentVersion known;

    AgentVersions(AgentApi api) {
        this.api = api;
    }

    AgentVersion current() throws IOException {
        AgentVersion version = known;
        if (version == null) {
            version = ask();
            known = version;
        }
        return version;
    }

    /** The agent has been away: it may come back as another version. */
    void forget() {
        known = null;
    }

    private AgentVersion ask() throws IOException {
        try {
            String text = api.self().version();
            return AgentVersion.parse(text).orElseGet(() -> assumeOldest("its version is \"" + text + "\""));
        } catch (RefusedException e) {
            if (e.status() != HttpStatus.SC_FORBIDDEN) {
                throw e;
            }
            return assumeOldest(Optional.ofNullable(e.getMessage()).orElse("forbidden"));
        }
    }

    private static AgentVersion assumeOldest(String why) {
        LOG.warn(
                "The Consul agent's version is unknown, so only what Consul {} knows is sent: {}",
                AgentVersion.OLDEST,
                why);
        return AgentVersion.OLDEST;
    }
}
