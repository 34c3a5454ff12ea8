package io.registrator.consul;

import com.ecwid.consul.v1.agent.model.Check;
import com.google.gson.annotations.SerializedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer of {@code /v1/agent/health/service/id/ID}: the service's checks and those of its node. */
record ServiceHealth(@SerializedName("Checks") @Nullable List<Check> checks) {}
