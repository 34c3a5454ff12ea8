package io.registrator.derive.template;

import com.google.common.collect.ImmutableList;
import io.registrator.derive.template.Token.Kind;

/** The tokens of a template, read one after the other. */
final class Tokens {
    private final ImmutableList<Token> all;
    private int at;

    Tokens(ImmutableList<Token> all) {
        this.all = all;
    }

    Token peek() {
        return all.get(Math.min(at, all.size() - 1));
    }

    Token peekSecond() {
        return all.get(Math.min(at + 1, all.size() - 1));
    }

    Token next() {
        Token token = peek();
        at++;
        return token;
    }

    /** The next one, which has to be of this kind. */
    Token expect(Kind kind, String context) {
        Token token = next();
        if (!token.is(kind)) {
            throw error(token, "unexpected " + token + " in " + context + ", expected " + kind);
        }
        return token;
    }

    static TemplateException error(Token token, String message) {
        return new TemplateException(token.position(), message);
    }
}
