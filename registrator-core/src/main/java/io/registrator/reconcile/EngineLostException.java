package io.registrator.reconcile;

/** The engine will never answer this process again, whatever it waits for: nothing is left to be done but to end. */
public final class EngineLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EngineLostException(String message) {
        super(message);
    }
}
