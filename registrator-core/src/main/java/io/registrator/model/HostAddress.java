package io.registrator.model;

import org.jspecify.annotations.Nullable;

/** What is known of the address at which the published ports of this host, and containers on its network, are reached. */
public sealed interface HostAddress {
    /** Nobody has been asked. */
    HostAddress NOT_ASKED = new Awaited("nobody has been asked");

    /** In words. */
    default String text() {
        return switch (this) {
            case Known known ->
                known.ipv6() == null
                        ? known.plain()
                        : known.plain() + "; " + known.ipv6().text();
            case Awaited(String why) -> "not known yet: " + why;
            case NotFound(String why) -> "not found: " + why;
        };
    }

    /**
     * It is known.
     *
     * @param address an IP address
     * @param source where it comes from, for people: {@code what the name node-1 resolves to}; may be empty
     * @param ipv6 the host's IPv6 address, with its own source, beside an IPv4 one; null where none is known
     */
    record Known(String address, String source, @Nullable Known ipv6) implements HostAddress {
        /** One of IPv4 alone, or of IPv6. */
        public Known(String address, String source) {
            this(address, source, null);
        }

        private String plain() {
            return source.isEmpty() ? address : address + ", " + source;
        }
    }

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
