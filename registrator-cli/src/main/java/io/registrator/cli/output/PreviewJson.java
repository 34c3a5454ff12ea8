package io.registrator.cli.output;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.registrator.derive.IdConflict;
import io.registrator.ops.explain.Preview;
import io.registrator.plan.Decision;

/** A preview as JSON. Fields are only ever added. */
public final class PreviewJson {
    private PreviewJson() {}

    public static JsonObject of(Preview preview) {
        JsonObject json = new JsonObject();
        json.addProperty("nothingToDo", !preview.hasActions());
        JsonArray services = new JsonArray();
        preview.decisions().forEach(decision -> services.add(decision(decision, preview)));
        json.add("services", services);
        JsonArray conflicts = new JsonArray();
        preview.claimedTwice().stream().map(IdConflict::message).forEach(conflicts::add);
        json.add("claimedTwice", conflicts);
        return json;
    }

    private static JsonObject decision(Decision decision, Preview preview) {
        JsonObject json = new JsonObject();
        json.addProperty("id", decision.id().value());
        json.addProperty("action", DecisionText.verb(decision));
        json.addProperty("why", DecisionText.why(decision, preview));
        json.addProperty("service", DecisionText.what(decision, preview));
        return json;
    }
}
