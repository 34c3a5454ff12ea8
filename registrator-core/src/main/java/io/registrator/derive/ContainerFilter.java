package io.registrator.derive;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Ascii;
import io.registrator.model.ContainerSnapshot;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One {@code -filter}: {@code label=KEY}, {@code label=KEY=VALUE}, {@code name=…}, {@code image=…} or {@code project=…}, with
 * a {@code !} before it for what is to be left out. In values {@code *} stands for any text and {@code ?} for a character.
 *
 * @param text as it was written
 * @param excludes whether what it matches is left out
 * @param label the label that is looked at; empty for another kind
 * @param value null where it is enough that the label is there
 */
public record ContainerFilter(
        String text,
        boolean excludes,
        Kind kind,
        String label,
        @Nullable Glob value) {
    private static final Pattern SYNTAX = Pattern.compile("(!?)(label|name|image|project)=([^=]+)(?:=(.*))?");

    /** The label by which Compose marks the containers of a project. */
    private static final String PROJECT = "com.docker.compose.project";

    private static final Pattern TAG_OR_DIGEST = Pattern.compile("(?::[^:/@]*)?(?:@.*)?$");

    /** What a filter looks at. */
    enum Kind {
        LABEL,
        NAME,
        IMAGE,
        PROJECT
    }

    /** @throws IllegalArgumentException with what to write instead, when it is none */
    public static ContainerFilter parse(String text) {
        Matcher matcher = SYNTAX.matcher(text.strip());
        checkArgument(
                matcher.matches()
                        && (matcher.group(4) == null || matcher.group(2).equals("label")),
                "-filter is label=KEY, label=KEY=VALUE, name=TEXT, image=TEXT or project=TEXT, with a ! before it to leave"
                        + " out, not %s",
                text);
        Kind kind = Kind.valueOf(Ascii.toUpperCase(matcher.group(2)));
        boolean excludes = !matcher.group(1).isEmpty();
        return switch (kind) {
            case LABEL -> new ContainerFilter(text, excludes, kind, matcher.group(3), glob(matcher.group(4)));
            case PROJECT -> new ContainerFilter(text, excludes, kind, PROJECT, glob(matcher.group(3)));
            case NAME, IMAGE -> new ContainerFilter(text, excludes, kind, "", glob(matcher.group(3)));
        };
    }

    boolean matches(ContainerSnapshot container) {
        return values(container).anyMatch(this::matches);
    }

    private boolean matches(String text) {
        return value == null || value.matches(text);
    }

    private Stream<String> values(ContainerSnapshot container) {
        return switch (kind) {
            case LABEL, PROJECT -> Stream.ofNullable(container.labels().get(label));
            case NAME -> Stream.of(container.name());
            case IMAGE ->
                Stream.of(
                        container.image(),
                        TAG_OR_DIGEST.matcher(container.image()).replaceFirst(""));
        };
    }

    private static @Nullable Glob glob(@Nullable String text) {
        return text == null ? null : new Glob(text);
    }

    @Override
    public String toString() {
        return "-filter " + text;
    }
}
