package io.registrator.cli.output;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.registrator.ops.doctor.Examination;
import io.registrator.ops.doctor.Finding;
import java.util.Locale;

/** What came of looking at a host, as JSON. Fields are only ever added. */
public final class ExaminationJson {
    private ExaminationJson() {}

    public static JsonObject of(Examination examination) {
        JsonObject facts = new JsonObject();
        examination.facts().forEach(facts::addProperty);
        JsonArray findings = new JsonArray();
        examination.findings().forEach(finding -> findings.add(finding(finding)));
        JsonObject json = new JsonObject();
        json.addProperty("healthy", examination.findings().isEmpty());
        json.add("facts", facts);
        json.add("findings", findings);
        return json;
    }

    private static JsonObject finding(Finding finding) {
        JsonObject json = new JsonObject();
        json.addProperty("code", finding.code().name().toLowerCase(Locale.ROOT));
        json.addProperty("what", finding.what());
        json.addProperty("why", finding.why());
        json.addProperty("todo", finding.todo());
        return json;
    }
}
