package io.registrator.registry.consul;

import com.google.gson.annotations.SerializedName;
import org.jspecify.annotations.Nullable;

/** What {@code /v1/agent/self} says of script checks. */
record AgentScripts(@SerializedName("DebugConfig") @Nullable DebugConfig config) {
    record DebugConfig(
            @SerializedName("EnableRemoteScriptChecks") boolean remote) {}

    /** Whether script checks are taken over HTTP. */
    boolean areTaken() {
        return config == null || config.remote();
    }
}
