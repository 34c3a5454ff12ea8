package io.registrator.derive.template;

import com.google.common.base.CharMatcher;

/** A template that cannot be parsed, or fails over the data that it was given. The message begins with line and column. */
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param offset in the template's text, where it fails */
    TemplateException(String text, int offset, String message) {
        super(line(text, offset) + ":" + (offset - text.lastIndexOf('\n', offset - 1)) + ": " + message);
    }

    private static int line(String text, int offset) {
        return 1 + CharMatcher.is('\n').countIn(text.substring(0, offset));
    }
}
