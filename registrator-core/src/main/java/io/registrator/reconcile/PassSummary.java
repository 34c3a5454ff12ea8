package io.registrator.reconcile;

/**
 * Where a full pass ended.
 *
 * @param containers that the engine has, running or not
 * @param services that we want registered
 * @param unsettled services among them, and stale ones, that a failure, a rejection, a conflict or an unknown host
 *     address keeps from being right
 */
public record PassSummary(int containers, int services, int unsettled) {

    /** What there is, for a message: {@code 3 containers, 1 service}. */
    public String found() {
        return counted(containers, "container") + ", " + counted(services, "service");
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
