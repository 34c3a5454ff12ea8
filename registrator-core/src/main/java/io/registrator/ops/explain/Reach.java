package io.registrator.ops.explain;

/** Whether a service's address answers where the question is asked. */
public sealed interface Reach {

    /** Nobody tried: a UDP port, a service without a port, or nobody had the means. */
    record NotTried() implements Reach {}

    /** A TCP connection was opened. */
    record Answers() implements Reach {}

    /** None could be opened. */
    record Silent(String why) implements Reach {}
}
