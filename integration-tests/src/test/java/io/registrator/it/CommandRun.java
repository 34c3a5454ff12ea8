package io.registrator.it;

import io.registrator.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a command of registrator's, run in this process, has answered. */
record CommandRun(int exitCode, String out, String err) {

    static CommandRun of(URI engine, Map<String, String> environment, String... arguments) {
        Map<String, String> all = new HashMap<>();
        // Daemons of other tests are none of its business.
        all.put("REGISTRATOR_RUN_DIR", "/no/such/folder");
        all.putAll(environment);
        all.put("DOCKER_HOST", engine.toString());
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.run(arguments, all, new PrintWriter(out, true), new PrintWriter(err, true));
        return new CommandRun(exitCode, out.toString(), err.toString());
    }

    /** What a person reads first. */
    String firstTwoLines() {
        List<String> lines = (out + err).lines().limit(2).toList();
        return String.join("\n", lines);
    }
}
