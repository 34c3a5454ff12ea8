package io.registrator.it.bench;

import com.google.common.math.Quantiles;
import java.util.ArrayList;
import java.util.List;

/** What was measured of one thing, time after time. */
final class Figures {
    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    int count() {
        return values.size();
    }

    double median() {
        return percentile(50);
    }

    double percentile(int index) {
        return Quantiles.percentiles().index(index).compute(values);
    }
}
