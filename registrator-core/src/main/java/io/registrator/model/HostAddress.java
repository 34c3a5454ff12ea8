package io.registrator.model;

/** What is known of the address at which the published ports of this host, and containers on its network, are reached. */
public sealed interface HostAddress {
    /** Nobody has been asked. */
    HostAddress NOT_ASKED = new Awaited("nobody has been asked");

    /** In words. */
    default String text() {
        return switch (this) {
            case Known(String address, String source) -> source.isEmpty() ? address : address + ", " + source;
            case Awaited(String why) -> "not known yet: " + why;
            case NotFound(String why) -> "not found: " + why;
        };
    }

    /**
     * It is known.
     *
     * @param address an IP address
     * @param source where it comes from, for people: {@code what the name node-1 resolves to}; may be empty
     */
    record Known(String address, String source) implements HostAddress {}

    /**
     * It is not known yet: whoever has to be asked does not answer.
     *
     * @param why what was asked, and what came of it
     */
    record Awaited(String why) implements HostAddress {}

    /**
     * Everybody who can be asked was asked, and it is not known.
     *
     * @param why what was asked, and what came of it
     */
    record NotFound(String why) implements HostAddress {}
}
