package io.registrator.model;

/** The status of a check. */
public enum CheckStatus {
    PASSING,
    WARNING,
    CRITICAL;

    /** Consul's lower-case word for it. */
    public String word() {
        return switch (this) {
            case PASSING -> "passing";
            case WARNING -> "warning";
            case CRITICAL -> "critical";
        };
    }
}
