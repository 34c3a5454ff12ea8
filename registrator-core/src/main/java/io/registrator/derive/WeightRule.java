package io.registrator.derive;

import io.registrator.model.Weights;
import java.util.Optional;

/**
 * Weighs a service: {@code SERVICE_WEIGHT} or {@code SERVICE_WEIGHT_PASSING} while it passes, and
 * {@code SERVICE_WEIGHT_WARNING} while in warning.
 */
final class WeightRule {
    private static final int MOST = 65_535;

    Explained<Weights> weights(Candidate candidate) {
        AttributeReader reader = candidate.reader();
        int weight = reader.number("weight", 1, MOST, Weights.DEFAULT.passing());
        int passing = reader.number("weight_passing", 1, MOST, weight);
        int warning = reader.number("weight_warning", 0, MOST, Weights.DEFAULT.warning());
        return new Explained<>(new Weights(passing, warning), because(candidate));
    }

    private static String because(Candidate candidate) {
        Optional<Attribute> passing = candidate.given("weight_passing").or(() -> candidate.given("weight"));
        Optional<Attribute> warning = candidate.given("weight_warning");
        return passing.map(Attribute::because)
                .map(first ->
                        warning.map(second -> first + "; " + second.because()).orElse(first))
                .or(() -> warning.map(Attribute::because))
                .orElse("the agent's default");
    }
}
