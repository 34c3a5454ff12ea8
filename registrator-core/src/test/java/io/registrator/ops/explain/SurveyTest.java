package io.registrator.ops.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.derive.DerivationSettingsBuilder;
import io.registrator.derive.Deriver;
import io.registrator.plan.DeregisterPolicy;
import io.registrator.plan.PlanPolicy;
import io.registrator.plan.Planner;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SurveyTest {
    private final Survey survey = new Survey(
            new Deriver(DerivationSettingsBuilder.of("node-1", "192.0.2.1").build()),
            new Planner(new PlanPolicy("node-1", DeregisterPolicy.ALWAYS, false)),
            true,
            List.of());

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "/", "none"})
    void findsNothingForAnyWord(String word) {
        assertThat(survey.find(word)).isEmpty();
    }
}
