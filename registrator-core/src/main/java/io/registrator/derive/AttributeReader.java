package io.registrator.derive;

import com.google.common.primitives.Ints;
import io.registrator.model.GoDuration;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Reads attributes as what they should be. What is not so is an error, and is then as if it had not been given. */
record AttributeReader(Function<String, Optional<Attribute>> lookup, Problems problems) {

    Optional<Attribute> text(String name) {
        return lookup.apply(name);
    }

    boolean yes(String name, boolean otherwise) {
        return lookup.apply(name).flatMap(this::yesOrNo).orElse(otherwise);
    }

    /** A positive duration. */
    Optional<Duration> duration(String name) {
        return lookup.apply(name).flatMap(this::duration);
    }

    int number(String name, int least, int most, int otherwise) {
        return lookup.apply(name)
                .flatMap(attribute -> number(attribute, least, most))
                .orElse(otherwise);
    }

    Optional<Integer> number(Attribute attribute, int least, int most) {
        Integer number = Ints.tryParse(attribute.value().strip());
        if (number != null && number >= least && number <= most) {
            return Optional.of(number);
        }
        return wrong(attribute, "a number from " + least + " to " + most, "write one, such as " + Math.max(least, 1));
    }

    Optional<Duration> duration(Attribute attribute) {
        Optional<Duration> duration =
                GoDuration.parse(attribute.value().strip()).filter(Duration::isPositive);
        return duration.isPresent()
                ? duration
                : wrong(attribute, "a positive duration", "write it with its unit, such as 10s, 1m30s or 500ms");
    }

    /** {@code least} in place of less, which is reported. */
    Optional<Duration> atLeast(Attribute attribute, Duration least) {
        return duration(attribute).map(duration -> {
            if (duration.compareTo(least) >= 0) {
                return duration;
            }
            problems.warning(
                    attribute.key(),
                    attribute.shown() + " is taken as " + GoDuration.format(least) + ", the least there is");
            return least;
        });
    }

    private Optional<Boolean> yesOrNo(Attribute attribute) {
        Optional<Boolean> answer = YesNo.parse(attribute.value());
        return answer.isPresent() ? answer : wrong(attribute, "true or false", "write one of the two");
    }

    /** Reports an attribute that is not what it should be; gives nothing in its place. */
    <T> Optional<T> wrong(Attribute attribute, String expected, String remedy) {
        reject(attribute, expected, remedy);
        return Optional.empty();
    }

    void reject(Attribute attribute, String expected, String remedy) {
        problems.error(attribute.key(), attribute.shown() + " is not " + expected + "; " + remedy);
    }
}
