package io.registrator.it.bench;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The table that a benchmark makes: printed, and written as {@code target/bench/NAME.md} and {@code NAME.json}. */
final class Report {
    private static final Path FOLDER = Path.of("target", "bench");

    private final String name;
    private final List<String> columns;
    private final List<List<Object>> rows = new ArrayList<>();

    Report(String name, String... columns) {
        this.name = name;
        this.columns = List.of(columns);
    }

    /** Texts and numbers, in the order of the columns. */
    void row(Object... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns);
        }
        rows.add(List.of(cells));
        System.out.println(line(rows.getLast()));
    }

    /** @throws AssertionError when nothing was measured */
    void write() throws IOException {
        if (rows.isEmpty()) {
            throw new AssertionError("the benchmark " + name + " measured nothing");
        }
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve(name + ".md"), markdown());
        Files.writeString(FOLDER.resolve(name + ".json"), json());
        System.out.println(markdown());
    }

    private String markdown() {
        List<String> lines = new ArrayList<>();
        lines.add(line(List.copyOf(columns)));
        lines.add("|" + " --- |".repeat(columns.size()));
        rows.forEach(row -> lines.add(line(row)));
        return String.join("\n", lines) + "\n";
    }

    private static String line(List<?> cells) {
        return cells.stream().map(Report::text).collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String text(Object cell) {
        return cell instanceof Double number ? String.format(Locale.ROOT, "%.2f", number) : cell.toString();
    }

    private String json() {
        JsonObject report = new JsonObject();
        report.addProperty("benchmark", name);
        report.addProperty("processors", Runtime.getRuntime().availableProcessors());
        report.addProperty("java", System.getProperty("java.vm.version"));
        JsonArray all = new JsonArray();
        rows.forEach(row -> all.add(object(row)));
        report.add("rows", all);
        return new GsonBuilder().setPrettyPrinting().create().toJson(report) + "\n";
    }

    private JsonObject object(List<Object> row) {
        JsonObject object = new JsonObject();
        for (int i = 0; i < row.size(); i++) {
            if (row.get(i) instanceof Number number) {
                object.addProperty(columns.get(i), number);
            } else {
                object.addProperty(columns.get(i), row.get(i).toString());
            }
        }
        return object;
    }
}
