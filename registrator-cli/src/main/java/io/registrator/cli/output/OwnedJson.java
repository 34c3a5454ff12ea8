package io.registrator.cli.output;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.registrator.ops.explain.ExplanationJson;
import io.registrator.ops.explain.OwnedService;
import java.util.List;

/** Services of this node as JSON. Fields are only ever added. */
public final class OwnedJson {
    private OwnedJson() {}

    public static JsonObject of(List<OwnedService> owned) {
        JsonArray services = new JsonArray();
        owned.forEach(each -> services.add(service(each)));
        JsonObject json = new JsonObject();
        json.add("services", services);
        return json;
    }

    private static JsonObject service(OwnedService owned) {
        JsonObject json = ExplanationJson.observed(owned.service());
        json.addProperty("health", owned.health().word());
        return json;
    }
}
