package io.registrator.it.soak;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The tables at a soak's end. */
final class Report {
    private static final Path FILE = Path.of("target", "soak.md");

    private final SoakSettings settings;
    private final ImmutableList<SeedResult> results;

    Report(SoakSettings settings, List<SeedResult> results) {
        this.settings = settings;
        this.results = ImmutableList.copyOf(results);
    }

    void write() throws IOException {
        String text = text();
        Files.writeString(FILE, text);
        System.out.println(text);
    }

    private String text() {
        return "# Soak of %d s a seed%n%n".formatted(settings.length().toSeconds())
                + seeds() + "\n" + faults() + "\n" + details()
                + results.stream()
                        .filter(result -> !result.troubles().isEmpty())
                        .map(result -> "\n## Trouble\n\n```\n" + result.story() + "\n```\n")
                        .collect(Collectors.joining());
    }

    private String seeds() {
        return "| seed | operations | faults | divergences | late | flaps | foreign writes | leaks | failures |"
                + " threads, descriptors, memory: first → last; longest life in turns |\n"
                + "|---|---|---|---|---|---|---|---|---|---|\n"
                + results.stream().map(Report::row).collect(Collectors.joining());
    }

    private static String row(SeedResult result) {
        Timeline timeline = result.timeline();
        return "| %d | %d | %d | %d | %d | %d | %d | %d | %d | %s |%n"
                .formatted(
                        result.seed(),
                        result.tally().count(),
                        result.tally().faults().values().stream()
                                .mapToInt(Tally.Healing::times)
                                .sum(),
                        timeline.count(Trouble.DIVERGENCE),
                        timeline.count(Trouble.LATE),
                        timeline.count(Trouble.FLAP),
                        timeline.count(Trouble.FOREIGN_WRITE),
                        timeline.count(Trouble.LEAK),
                        timeline.count(Trouble.FAILURE),
                        result.footprints());
    }

    private String faults() {
        Map<FaultKind, Tally.Healing> all = new EnumMap<>(FaultKind.class);
        results.forEach(result ->
                result.tally().faults().forEach((kind, healing) -> all.merge(kind, healing, Tally.Healing::and)));
        return "| fault | times | worst time to converge, ms | allowed |\n|---|---|---|---|\n"
                + all.entrySet().stream()
                        .map(entry -> "| %s | %d | %d | %d |%n"
                                .formatted(
                                        entry.getKey().title(),
                                        entry.getValue().times(),
                                        entry.getValue().worst().toMillis(),
                                        settings.allowed(entry.getKey().patience())
                                                .toMillis()))
                        .collect(Collectors.joining());
    }

    private String details() {
        return results.stream()
                .map(result -> "- seed %d: %s; %s%n"
                        .formatted(result.seed(), result.tally().operations(), result.looks()))
                .collect(Collectors.joining());
    }
}
