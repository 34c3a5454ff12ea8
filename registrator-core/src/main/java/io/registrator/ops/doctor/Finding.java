package io.registrator.ops.doctor;

/**
 * Something that is wrong.
 *
 * @param what was found, in one line
 * @param why it matters
 * @param todo what to do about it
 */
public record Finding(Code code, String what, String why, String todo) {

    /** For programs; the text may change, these do not. */
    public enum Code {
        ENGINE_UNREACHABLE,
        ENGINE_CLOCK,
        NO_HOST_ADDRESS,
        LOOPBACK_ADDRESS,
        REGISTRY_UNREACHABLE,
        NO_LEADER,
        TOKEN_UNKNOWN,
        MISSING_RIGHTS,
        MISTAKEN_CONTAINERS,
        NO_SERVICE_ADDRESS,
        TAKEN_IDS,
        UNSAFE_NAMES,
        SAME_NODE_ID,
        OTHER_NODE_ID,
        UNREACHABLE_SERVICES
    }
}
