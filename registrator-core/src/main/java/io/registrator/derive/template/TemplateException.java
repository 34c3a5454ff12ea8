package io.registrator.derive.template;

/** A template that cannot be parsed, or fails over the data that it was given. The message begins with line and column. */
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TemplateException(Position position, String message) {
        super(position + ": " + message);
    }
}
