package io.registrator.testing.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request without a body.
 *
 * @param version of the API that it names, such as {@code 1.41}; null for none
 * @param path without that version and without its query
 */
record Request(String method, @Nullable String version, String path, Map<String, String> query, boolean keepsAlive) {
    private static final Pattern HEAD =
            Pattern.compile("(\\S+) (?:/v(1\\.\\d+))?(/[^ ?]*)(?:\\?(\\S*))? HTTP/1\\.([01])\r\n");
    private static final Pattern CLOSE = Pattern.compile("\r\nconnection:\\s*close\r\n", Pattern.CASE_INSENSITIVE);

    /** The head's request; null for what is none. */
    static @Nullable Request of(String head) {
        Matcher line = HEAD.matcher(head);
        if (!line.lookingAt()) {
            return null;
        }
        boolean keepsAlive = line.group(5).equals("1") && !CLOSE.matcher(head).find();
        return new Request(line.group(1), line.group(2), line.group(3), query(line.group(4)), keepsAlive);
    }

    private static Map<String, String> query(@Nullable String text) {
        Map<String, String> query = new HashMap<>();
        for (int start = 0; text != null && start < text.length(); ) {
            int next = text.indexOf('&', start);
            int end = next < 0 ? text.length() : next;
            int equals = text.indexOf('=', start);
            int split = equals < 0 || equals > end ? end : equals;
            query.put(decoded(text.substring(start, split)), decoded(text.substring(Math.min(split + 1, end), end)));
            start = end + 1;
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, UTF_8);
    }
}
