package io.registrator.testing.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JSON document with holes, from the resources beside this class: <code>"@{name}"</code> becomes a whole value, and
 * <code>${name}</code> a part of a text. Without its spaces, as an engine sends it.
 */
final class Template {
    /** The value of a hole whose whole member is left out; not for the first of an object. */
    static final String OMITTED = "";

    private static final Pattern SPACE_OR_TEXT = Pattern.compile("\\s+|(\"(?:[^\"\\\\]|\\\\.)*\")");
    private static final Pattern HOLE = Pattern.compile("\"@\\{(\\w+)}\"|\\$\\{(\\w+)}");

    private final List<String> texts = new ArrayList<>();
    private final List<String> holes = new ArrayList<>();

    private Template(String document) {
        String json = SPACE_OR_TEXT.matcher(document).replaceAll(Template::keptText);
        Matcher hole = HOLE.matcher(json);
        int end = 0;
        while (hole.find()) {
            texts.add(json.substring(end, hole.start()));
            holes.add(hole.group(1) == null ? hole.group(2) : hole.group(1));
            end = hole.end();
        }
        texts.add(json.substring(end));
    }

    static Template of(String resource) {
        try (InputStream document = Template.class.getResourceAsStream(resource)) {
            if (document == null) {
                throw new IllegalArgumentException("no resource " + resource);
            }
            return new Template(new String(document.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String fill(Function<String, String> values) {
        StringBuilder json = new StringBuilder(8192);
        for (int i = 0; i < holes.size(); i++) {
            json.append(texts.get(i));
            String value = values.apply(holes.get(i));
            if (value.equals(OMITTED)) {
                json.setLength(json.lastIndexOf(","));
            }
            json.append(value);
        }
        return json.append(texts.getLast()).toString();
    }

    private static String keptText(MatchResult match) {
        return match.group(1) == null ? "" : Matcher.quoteReplacement(match.group(1));
    }
}
