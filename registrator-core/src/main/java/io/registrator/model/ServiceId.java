package io.registrator.model;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Splitter;

/**
 * The ID of a service in its registry: whatever can be asked for in the path of a URL. An agent answers 400 for a path with
 * characters that cannot be printed, and redirects one with an empty, {@code .} or {@code ..} segment to another one, even
 * where they are percent-encoded; so no ID has either. One that ends in a slash is none because proxies cut the slash off.
 *
 * @see <a href="https://pkg.go.dev/unicode#IsPrint">what a Consul agent takes for printable</a>
 */
public record ServiceId(String value) implements Comparable<ServiceId> {
    private static final Splitter SEGMENTS = Splitter.on('/');

    public ServiceId {
        checkArgument(isValid(value), "not a usable service ID: %s", value);
    }

    /** Whether this text can be an ID of ours. */
    public static boolean isValid(String value) {
        return value.codePoints().allMatch(ServiceId::isPrintable)
                && SEGMENTS.splitToStream(value).allMatch(ServiceId::isSegment);
    }

    private static boolean isSegment(String text) {
        return !text.isEmpty() && !text.equals(".") && !text.equals("..");
    }

    /** Letters, marks, numbers, punctuation, symbols and the plain space. */
    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.UNASSIGNED,
                    Character.CONTROL,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> character == ' ';
            default -> true;
        };
    }

    @Override
    public int compareTo(ServiceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
