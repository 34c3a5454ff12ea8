package io.registrator.derive.template;

/** A function cannot do what it was asked; the template's name and position are added by whoever called it. */
public final class FunctionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FunctionException(String message) {
        super(message);
    }
}
