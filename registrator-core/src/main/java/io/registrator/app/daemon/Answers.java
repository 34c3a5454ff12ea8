package io.registrator.app.daemon;

import io.registrator.model.Failure;
import io.registrator.model.Outcome;

/** For those who can do nothing without an answer. */
final class Answers {
    private Answers() {}

    /** @throws StartupException with the peer's failure */
    static <T> T orFail(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Success<T>(T answer) -> answer;
            case Outcome.Failed<T>(Failure why) -> throw new StartupException(why.message());
        };
    }
}
