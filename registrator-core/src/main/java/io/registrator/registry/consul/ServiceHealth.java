package io.registrator.registry.consul;

import com.ecwid.consul.v1.agent.model.Check;
import com.google.common.collect.ImmutableList;
import com.google.gson.annotations.SerializedName;
import io.registrator.model.ServiceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer of {@code /v1/agent/health/service/id/ID}: the service's checks and those of its node. */
record ServiceHealth(@SerializedName("Checks") @Nullable List<Check> checks) {

    /** The service's own. */
    ImmutableList<Check> checksOf(ServiceId id) {
        return checks == null
                ? ImmutableList.of()
                : checks.stream()
                        .filter(check -> id.value().equals(check.getServiceId()))
                        .collect(ImmutableList.toImmutableList());
    }
}
