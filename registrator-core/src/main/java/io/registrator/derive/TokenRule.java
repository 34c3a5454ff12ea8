package io.registrator.derive;

import com.google.common.base.CharMatcher;
import io.registrator.model.Secret;
import org.jspecify.annotations.Nullable;

/** Takes a service's own token for the registry. Its value goes into no message. */
final class TokenRule {
    private static final CharMatcher TOKEN = CharMatcher.inRange('!', '~');

    /** Null when none is given, or an error. */
    @Nullable
    Secret token(Candidate candidate) {
        Attribute given = candidate.given("token").orElse(null);
        if (given == null) {
            return null;
        }
        String value = given.value().strip();
        if (!TOKEN.matchesAllOf(value)) {
            candidate
                    .problems()
                    .error(given.key(), given.key() + " is not a token: write its SecretID, without spaces");
            return null;
        }
        return new Secret(value);
    }
}
