package io.registrator.registry.consul;

import com.google.gson.annotations.SerializedName;
import io.registrator.model.CheckDefinition;
import io.registrator.model.CheckStatus;
import io.registrator.model.Condition;
import io.registrator.model.HealthReport;
import io.registrator.model.Probe;
import java.util.Locale;

/** What the agent is told of a check that waits to be told. */
record CheckUpdate(
        @SerializedName("Status") String status,
        @SerializedName("Output") String output) {

    static CheckUpdate of(CheckDefinition check, Condition condition) {
        return check.probe() instanceof Probe.EngineHealth
                ? mirrored(condition.health())
                : new CheckUpdate(CheckStatus.PASSING.word(), "");
    }

    private static CheckUpdate mirrored(HealthReport report) {
        String output = report.output().isBlank()
                ? "HEALTHCHECK: " + report.health().name().toLowerCase(Locale.ROOT)
                : report.output();
        return new CheckUpdate(report.status().word(), output);
    }
}
