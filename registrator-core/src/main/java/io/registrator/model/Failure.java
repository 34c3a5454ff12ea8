package io.registrator.model;

/** Why a peer did not do what it was asked: data, not an exception, because it is expected. */
public sealed interface Failure {

    /** One line for people. */
    String message();

    /** May work when tried again: the peer is away, slow or overloaded. */
    record Transient(String message) implements Failure {}

    /**
     * Will not work until something changes: a bad definition, a missing right, a feature that is switched off.
     *
     * @param status the peer's HTTP status
     */
    record Rejected(int status, String message) implements Failure {}
}
