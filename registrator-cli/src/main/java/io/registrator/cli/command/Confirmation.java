package io.registrator.cli.command;

import java.io.Console;
import java.util.Optional;

/** Asks the person at the terminal. */
public interface Confirmation {

    /** The answer to a question; empty where nobody is there to answer. */
    Optional<String> ask(String question);

    /** Asks on the terminal that standard input is. */
    static Confirmation ofTerminal() {
        return question -> {
            Console console = System.console();
            return console != null && console.isTerminal()
                    ? Optional.ofNullable(console.readLine("%s ", question))
                    : Optional.empty();
        };
    }
}
