package io.registrator.derive;

/** The name in an image reference. */
final class ImageName {
    private ImageName() {}

    /**
     * The last path segment without tag and digest: {@code web} for {@code registry.example.com:5000/team/web:1.2@sha256:…}.
     */
    static String of(String reference) {
        String segment = reference.substring(reference.lastIndexOf('/') + 1);
        return upTo(':', upTo('@', segment));
    }

    private static String upTo(char end, String text) {
        int index = text.indexOf(end);
        return index < 0 ? text : text.substring(0, index);
    }
}
