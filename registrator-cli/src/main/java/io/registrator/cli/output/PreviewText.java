package io.registrator.cli.output;

import io.registrator.model.ObservedService;
import io.registrator.ops.explain.Differences;
import io.registrator.ops.explain.Preview;
import io.registrator.ops.explain.RegistryState.Difference;
import io.registrator.plan.Decision;
import java.util.stream.Stream;

/** A preview for people: one line a service, and a last line that counts. */
public final class PreviewText {
    private PreviewText() {}

    public static String of(Preview preview) {
        StringBuilder text = new StringBuilder();
        preview.decisions().forEach(decision -> append(text, decision, preview));
        preview.claimedTwice()
                .forEach(conflict ->
                        text.append("conflict   ").append(conflict.message()).append('\n'));
        return text.append(summary(preview)).append('\n').toString();
    }

    private static void append(StringBuilder text, Decision decision, Preview preview) {
        text.append("%-10s %s  %s: %s%n"
                .formatted(
                        DecisionText.verb(decision),
                        decision.id(),
                        DecisionText.what(decision, preview),
                        DecisionText.why(decision, preview)));
        differences(decision, preview)
                .forEach(field -> text.append(
                        "             %s: %s instead of %s%n".formatted(field.field(), field.found(), field.wanted())));
    }

    private static Stream<Difference> differences(Decision decision, Preview preview) {
        ObservedService observed = preview.observed().get(decision.id());
        return decision instanceof Decision.Register register && observed != null
                ? Differences.between(register.definition(), observed).stream()
                : Stream.empty();
    }

    private static String summary(Preview preview) {
        return preview.hasActions()
                ? "to register %d, to update %d, to deregister %d"
                        .formatted(
                                count(preview, "register"),
                                count(preview, "update") + count(preview, "maintain"),
                                count(preview, "deregister"))
                : "nothing to do: " + count(preview, "keep") + " in sync, " + count(preview, "leave") + " of others"
                        + (count(preview, "conflict") == 0 ? "" : ", " + count(preview, "conflict") + " in conflict");
    }

    private static long count(Preview preview, String verb) {
        return preview.decisions().stream()
                .filter(decision -> DecisionText.verb(decision).equals(verb))
                .count();
    }
}
