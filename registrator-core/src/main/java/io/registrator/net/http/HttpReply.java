package io.registrator.net.http;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import java.util.Optional;

/**
 * A whole reply.
 *
 * @param headers by lower-case name; the last of several
 * @param body as UTF-8 text
 */
public record HttpReply(int status, ImmutableMap<String, String> headers, String body) {

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(Ascii.toLowerCase(name)));
    }
}
