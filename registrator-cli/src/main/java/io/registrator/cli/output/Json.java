package io.registrator.cli.output;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;

/** JSON for people and programs. */
public final class Json {
    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeNulls()
            .create();

    private Json() {}

    /** Indented, with a newline at its end. */
    public static String pretty(JsonElement json) {
        return GSON.toJson(json) + "\n";
    }
}
