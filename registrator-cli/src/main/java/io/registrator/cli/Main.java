package io.registrator.cli;

import io.registrator.cli.command.AnyCommand;
import java.io.PrintWriter;
import java.util.Map;

/** The process: arguments and environment in, exit code out. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, System.out.charset());
        PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
        System.exit(run(arguments, System.getenv(), out, err));
    }

    /** Does what the arguments say; the exit code. */
    public static int run(String[] arguments, Map<String, String> environment, PrintWriter out, PrintWriter err) {
        int exitCode = AnyCommand.run(arguments, environment, out, err);
        out.flush();
        return exitCode;
    }
}
