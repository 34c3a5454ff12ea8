package io.registrator.cli.command;

/** What the process ends with. */
public final class ExitCode {
    /** Ended because it was asked to. */
    public static final int OK = 0;
    /** Could not do its job: a peer that never answered. */
    public static final int FAILED = 1;
    /** Was asked for something that makes no sense. */
    public static final int USAGE = 2;

    /** A command that looks for something has found it: something to do, or something wrong. */
    public static final int FINDINGS = 2;

    private ExitCode() {}
}
