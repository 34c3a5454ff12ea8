package io.registrator.derive.template;

import com.google.common.collect.ImmutableList;
import io.registrator.derive.template.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what is inside actions: pipelines, commands and operands. Knows which variables there are. */
final class ExpressionParser {
    private static final String ROOT = "$";
    /** Deeper parentheses than anybody writes. */
    private static final int DEEPEST = 100;

    private final Tokens tokens;
    private final Set<String> functions;
    private final List<String> variables = new ArrayList<>(List.of(ROOT));
    private int depth;

    ExpressionParser(Tokens tokens, Set<String> functions) {
        this.tokens = tokens;
        this.functions = functions;
    }

    /** How many variables can be seen. */
    int variables() {
        return variables.size();
    }

    /** Those that were declared since there were so many go out of sight. */
    void forgetVariables(int count) {
        variables.subList(count, variables.size()).clear();
    }

    /** A definition sees none of those around it; gives them for {@link #showVariables}. */
    ImmutableList<String> hideVariables() {
        ImmutableList<String> hidden = ImmutableList.copyOf(variables);
        forgetVariables(1);
        return hidden;
    }

    void showVariables(ImmutableList<String> hidden) {
        variables.clear();
        variables.addAll(hidden);
    }

    /** Up to what closes it, which stays. */
    Expression.Pipeline pipeline(String context, boolean range) {
        Position position = tokens.peek().position();
        List<String> names = new ArrayList<>();
        boolean declares = targets(names, range);
        ImmutableList.Builder<Expression.Command> commands = ImmutableList.builder();
        if (tokens.peek().is(Kind.CLOSE) || tokens.peek().is(Kind.RIGHT)) {
            throw Tokens.error(tokens.peek(), "missing value for " + context);
        }
        commands.add(command(1, context));
        for (int stage = 2; tokens.peek().is(Kind.PIPE); stage++) {
            tokens.next();
            commands.add(command(stage, context));
        }
        if (declares) {
            variables.addAll(names);
        }
        return new Expression.Pipeline(position, ImmutableList.copyOf(names), declares, commands.build());
    }

    /** {@code $x :=}, {@code $x =} or, in a range, {@code $i, $x :=}; whether it declares. */
    private boolean targets(List<String> names, boolean range) {
        if (!tokens.peek().is(Kind.VARIABLE)) {
            return false;
        }
        Token second = tokens.peekSecond();
        if (second.is(Kind.COMMA)) {
            if (!range) {
                throw Tokens.error(second, "too many variables: only {{range}} takes two");
            }
            names.add(tokens.next().text());
            tokens.next();
            names.add(tokens.expect(Kind.VARIABLE, "range").text());
            return assignment(names);
        }
        if (second.is(Kind.DECLARE) || second.is(Kind.ASSIGN)) {
            names.add(tokens.next().text());
            return assignment(names);
        }
        return false;
    }

    private boolean assignment(List<String> names) {
        Token sign = tokens.next();
        if (sign.is(Kind.DECLARE)) {
            return true;
        }
        if (!sign.is(Kind.ASSIGN)) {
            throw Tokens.error(sign, "unexpected " + sign + " in range, expected :=");
        }
        names.forEach(name -> insistOn(name, sign));
        return false;
    }

    private Expression.Command command(int stage, String context) {
        Position position = tokens.peek().position();
        ImmutableList.Builder<Expression> words = ImmutableList.builder();
        boolean first = true;
        while (!isEnd(tokens.peek())) {
            Token token = tokens.peek();
            Expression operand = operand(context);
            if (first && stage > 1 && !isExecutable(operand)) {
                throw Tokens.error(token, "non executable command in pipeline stage " + stage);
            }
            words.add(operand);
            first = false;
            if (!isEnd(tokens.peek()) && !tokens.peek().spaced()) {
                throw Tokens.error(tokens.peek(), "unexpected " + tokens.peek() + " in operand");
            }
        }
        if (first) {
            throw Tokens.error(tokens.peek(), "empty command");
        }
        return new Expression.Command(position, words.build());
    }

    private static boolean isEnd(Token token) {
        return token.is(Kind.CLOSE) || token.is(Kind.PIPE) || token.is(Kind.RIGHT) || token.is(Kind.END);
    }

    private static boolean isExecutable(Expression operand) {
        return switch (operand) {
            case Expression.Dot dot -> false;
            case Expression.Nil nil -> false;
            case Expression.Constant constant -> false;
            case Expression.Fields fields -> true;
            case Expression.Variable variable -> true;
            case Expression.Chain chain -> true;
            case Expression.Function function -> true;
            case Expression.Pipeline pipeline -> true;
        };
    }

    private Expression operand(String context) {
        Token token = tokens.next();
        return switch (token.kind()) {
            case FIELD -> fields(token);
            case VARIABLE -> variable(token);
            case DOT -> alone(new Expression.Dot(token.position()), token);
            case NUMBER -> alone(new Expression.Constant(token.position(), Numbers.parse(token), token.text()), token);
            case CHARACTER -> alone(character(token), token);
            case STRING ->
                alone(new Expression.Constant(token.position(), token.text(), Quoted.quote(token.text())), token);
            case IDENTIFIER -> word(token);
            case LEFT -> group(token);
            default -> throw Tokens.error(token, "unexpected " + token + " in " + context);
        };
    }

    private Expression fields(Token first) {
        ImmutableList.Builder<String> names = ImmutableList.builder();
        names.add(first.text().substring(1));
        return new Expression.Fields(
                first.position(), names.addAll(moreFields()).build());
    }

    private Expression variable(Token token) {
        insistOn(token.text(), token);
        return new Expression.Variable(token.position(), token.text(), moreFields());
    }

    private void insistOn(String name, Token token) {
        if (!variables.contains(name)) {
            throw Tokens.error(token, "undefined variable " + Quoted.quote(name));
        }
    }

    private Expression word(Token token) {
        return switch (token.text()) {
            case "true" -> alone(new Expression.Constant(token.position(), true, "true"), token);
            case "false" -> alone(new Expression.Constant(token.position(), false, "false"), token);
            case "nil" -> alone(new Expression.Nil(token.position()), token);
            default -> {
                if (!functions.contains(token.text())) {
                    throw Tokens.error(token, "function " + Quoted.quote(token.text()) + " not defined");
                }
                yield chained(new Expression.Function(token.position(), token.text()), token);
            }
        };
    }

    private Expression group(Token left) {
        if (++depth > DEEPEST) {
            throw Tokens.error(left, "parentheses are nested more than " + DEEPEST + " deep");
        }
        Expression.Pipeline pipeline = pipeline("parenthesized pipeline", false);
        tokens.expect(Kind.RIGHT, "parenthesized pipeline");
        depth--;
        return chained(pipeline, left);
    }

    private Expression chained(Expression base, Token token) {
        ImmutableList<String> fields = moreFields();
        return fields.isEmpty() ? base : new Expression.Chain(token.position(), base, fields);
    }

    /** A constant has no fields. */
    private Expression alone(Expression constant, Token token) {
        Token next = tokens.peek();
        if (next.is(Kind.FIELD) && !next.spaced()) {
            throw Tokens.error(next, "unexpected . after term " + token);
        }
        return constant;
    }

    private ImmutableList<String> moreFields() {
        ImmutableList.Builder<String> names = ImmutableList.builder();
        while (tokens.peek().is(Kind.FIELD) && !tokens.peek().spaced()) {
            names.add(tokens.next().text().substring(1));
        }
        return names.build();
    }

    private static Expression.Constant character(Token token) {
        if (token.text().codePointCount(0, token.text().length()) != 1) {
            throw Tokens.error(token, "malformed character constant: '" + token.text() + "'");
        }
        @Nullable Object value = (long) token.text().codePointAt(0);
        return new Expression.Constant(token.position(), value, Quoted.quote(token.text(), '\''));
    }
}
