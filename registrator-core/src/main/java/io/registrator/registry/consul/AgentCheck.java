package io.registrator.registry.consul;

import com.google.gson.annotations.SerializedName;
import io.registrator.model.CheckResult;
import io.registrator.model.CheckStatus;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What we read of one entry of {@code /v1/agent/checks}. */
record AgentCheck(
        @SerializedName("Name") @Nullable String name,
        @SerializedName("ServiceID") @Nullable String serviceId,
        @SerializedName("Status") @Nullable String status,
        @SerializedName("Output") @Nullable String output) {
    private static final int LONGEST = 200;

    CheckResult result() {
        String text = Objects.requireNonNullElse(output, "")
                .strip()
                .lines()
                .findFirst()
                .orElse("");
        return new CheckResult(
                Objects.requireNonNullElse(name, ""),
                statusOf(Objects.requireNonNullElse(status, "")),
                text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…");
    }

    private static CheckStatus statusOf(String word) {
        return switch (word) {
            case "passing" -> CheckStatus.PASSING;
            case "warning" -> CheckStatus.WARNING;
            default -> CheckStatus.CRITICAL;
        };
    }
}
