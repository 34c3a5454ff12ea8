package io.registrator.derive;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableListMultimap;
import io.registrator.model.Probe;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes the probe of {@code CHECK_HTTP} and {@code CHECK_HTTPS} with their options. */
final class HttpProbeRule {
    private static final Pattern METHOD = Pattern.compile("[A-Za-z]{1,20}");
    private static final Pattern PATH = Pattern.compile("[^\\p{Cntrl}]*");
    private static final Pattern WHOLE_URL = Pattern.compile("(?i)https?://.*", Pattern.DOTALL);
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern HEADER_VALUE = Pattern.compile("[^\\p{Cntrl}]*");

    private final Problems problems;
    private final Endpoint endpoint;
    private final Placeholders placeholders;

    HttpProbeRule(Problems problems, Endpoint endpoint, Placeholders placeholders) {
        this.problems = problems;
        this.endpoint = endpoint;
        this.placeholders = placeholders;
    }

    Optional<Probe> probe(CheckRequest request) {
        boolean tls = request.kind() == CheckKind.HTTPS;
        boolean skipVerify = request.options().yes("tls_skip_verify", false);
        return path(request)
                .map(path -> new Probe.Http(
                        request.kind().word() + "://" + endpoint.target() + path,
                        method(request),
                        header(request),
                        request.option("body").map(placeholders::fillIn).orElse(""),
                        tls && skipVerify,
                        tls ? request.option("tls_server_name").orElse("") : ""));
    }

    private Optional<String> path(CheckRequest request) {
        String path = placeholders.fillIn(request.value());
        if (!PATH.matcher(path).matches() || WHOLE_URL.matcher(path).matches()) {
            return request.options().wrong(request.asked(), "a path", "write the path alone, such as /health");
        }
        if (YesNo.parse(path).isPresent()) {
            problems.warning(
                    request.asked().key(),
                    request.asked().shown() + " checks the path /" + path + "; write / for the root");
        }
        return Optional.of(path.startsWith("/") ? path : "/" + path);
    }

    private static String method(CheckRequest request) {
        return request.options()
                .text(request.kind().word() + "_method")
                .flatMap(attribute -> METHOD.matcher(attribute.value().strip()).matches()
                        ? Optional.of(Ascii.toUpperCase(attribute.value().strip()))
                        : request.options().wrong(attribute, "a method", "write one, such as GET or HEAD"))
                .orElse("");
    }

    private ImmutableListMultimap<String, String> header(CheckRequest request) {
        ImmutableListMultimap.Builder<String, String> header = ImmutableListMultimap.builder();
        request.options()
                .text("header")
                .ifPresent(attribute -> TagList.split(attribute.value()).forEach(line -> {
                    int colon = line.indexOf(':');
                    String name = line.substring(0, Math.max(0, colon)).strip();
                    String value = line.substring(colon + 1).strip();
                    if (HEADER_NAME.matcher(name).matches()
                            && HEADER_VALUE.matcher(value).matches()) {
                        header.put(name, placeholders.fillIn(value));
                    } else {
                        reject(attribute);
                    }
                }));
        return header.build();
    }

    /** Without the value, which may be a secret. */
    private void reject(Attribute header) {
        problems.error(
                header.key(),
                header.key()
                        + " is not a list of headers; write Name: value, with a comma between two, and \\, for a comma"
                        + " in a value");
    }
}
