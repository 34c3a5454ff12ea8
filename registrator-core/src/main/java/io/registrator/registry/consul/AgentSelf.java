package io.registrator.registry.consul;

import static java.util.Objects.requireNonNull;

import com.ecwid.consul.v1.agent.model.Self;

/** What we read of {@code /v1/agent/self}. */
record AgentSelf(String version, String nodeName, String address) {

    /** @throws NullPointerException when the agent leaves one of these out */
    static AgentSelf of(Self self) {
        return new AgentSelf(
                requireNonNull(self.getConfig().getVersion(), "it has no version"),
                requireNonNull(self.getConfig().getNodeName(), "it has no node name"),
                requireNonNull(self.getMember().getAddress(), "it has no address"));
    }
}
