package io.registrator.derive.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.Doubles;
import com.google.common.primitives.Longs;
import io.registrator.derive.template.Lexer.Kind;
import io.registrator.derive.template.Lexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes a tree of the tokens, and knows which variables can be seen where. */
final class Parser {
    /** Deeper nesting of actions and parentheses than anybody writes. */
    private static final int DEEPEST = 100;

    private static final ImmutableSet<String> CLAUSES = ImmutableSet.of("else", "end");
    private static final ImmutableSet<String> NOT_SUPPORTED =
            ImmutableSet.of("define", "template", "block", "break", "continue");

    private final String text;
    private final ImmutableList<Token> tokens;
    private final Set<String> functions;
    private final List<String> variables = new ArrayList<>(List.of("$"));
    private int at;
    private int depth;

    private Parser(String text, Set<String> functions) {
        this.text = text;
        this.tokens = Lexer.tokens(text);
        this.functions = functions;
    }

    /** @throws TemplateException when the text is no template */
    static ImmutableList<Node> parse(String text, Set<String> functions) {
        Parser parser = new Parser(text, functions);
        ImmutableList<Node> body = parser.nodes();
        if (!parser.next().is(Kind.END)) {
            throw parser.error(parser.peek(), "unexpected {{" + parser.peek().text() + "}}");
        }
        return body;
    }

    /** Until {@code {{else}}}, {@code {{end}}} or the end of the text, which stays. */
    private ImmutableList<Node> nodes() {
        ImmutableList.Builder<Node> nodes = ImmutableList.builder();
        while (!peek().is(Kind.END) && !(peek().is(Kind.OPEN) && CLAUSES.contains(peek(1).text()))) {
            Token token = next();
            nodes.add(token.is(Kind.TEXT) ? new Node.Text(token.offset(), token.text()) : action());
        }
        return nodes.build();
    }

    private Node action() {
        Token word = peek();
        String keyword = word.is(Kind.WORD) ? word.text() : "";
        if (NOT_SUPPORTED.contains(keyword)) {
            throw error(word, "{{" + keyword + "}} is not supported");
        }
        return switch (keyword) {
            case "if", "with", "range" -> branch();
            default -> new Node.Action(closed("an action"));
        };
    }

    /** {@code if}, {@code with} or {@code range}, up to its end. */
    private Node branch() {
        Token keyword = next();
        enter(keyword);
        int outside = variables.size();
        Node.Pipeline pipeline = closed(keyword.text());
        ImmutableList<Node> then = nodes();
        ImmutableList<Node> otherwise = otherwise(keyword.text());
        variables.subList(outside, variables.size()).clear();
        depth--;
        return switch (keyword.text()) {
            case "if" -> new Node.If(pipeline, then, otherwise);
            case "with" -> new Node.With(pipeline, then, otherwise);
            default -> new Node.Range(pipeline, then, otherwise);
        };
    }

    /** What follows {@code {{else}}}, and the {@code {{end}}}. {@code {{else if}}} needs no end of its own. */
    private ImmutableList<Node> otherwise(String context) {
        Token clause = clause(context);
        if (clause.isWord("else") && peek().isWord(context) && !context.equals("range")) {
            return ImmutableList.of(branch());
        }
        expect(Kind.CLOSE, clause.text());
        if (clause.isWord("end")) {
            return ImmutableList.of();
        }
        ImmutableList<Node> nodes = nodes();
        Token end = clause(context);
        if (!end.isWord("end")) {
            throw error(end, "expected end; found {{else}}");
        }
        expect(Kind.CLOSE, "end");
        return nodes;
    }

    private Token clause(String context) {
        if (!next().is(Kind.OPEN)) {
            throw error(peek(), "unexpected end of the template: {{" + context + "}} has no {{end}}");
        }
        return next();
    }

    private Node.Pipeline closed(String context) {
        Node.Pipeline pipeline = pipeline(context);
        expect(Kind.CLOSE, context);
        return pipeline;
    }

    /** Up to what closes it, which stays. */
    private Node.Pipeline pipeline(String context) {
        int offset = peek().offset();
        List<String> names = new ArrayList<>();
        boolean declares = targets(names, context);
        if (isEnd(peek())) {
            throw error(peek(), "missing value for " + context);
        }
        Node.Expression first = command(context);
        ImmutableList.Builder<Node.Call> calls = ImmutableList.builder();
        while (peek().is(Kind.PIPE)) {
            Token pipe = next();
            if (!(command(context) instanceof Node.Call call)) {
                throw error(pipe, "a value can be piped to a function only");
            }
            calls.add(call);
        }
        if (declares) {
            variables.addAll(names);
        }
        return new Node.Pipeline(offset, ImmutableList.copyOf(names), declares, first, calls.build());
    }

    /** {@code $x :=}, {@code $x =} or, in a range, {@code $i, $x :=}; whether it declares. */
    private boolean targets(List<String> names, String context) {
        Kind second = peek(1).kind();
        if (!peek().is(Kind.VARIABLE) || (second != Kind.COMMA && second != Kind.DECLARE && second != Kind.ASSIGN)) {
            return false;
        }
        names.add(next().text());
        if (second == Kind.COMMA) {
            if (!context.equals("range")) {
                throw error(peek(), "too many variables: only {{range}} takes two");
            }
            next();
            names.add(expect(Kind.VARIABLE, context).text());
        }
        Token sign = next();
        if (sign.is(Kind.ASSIGN)) {
            names.forEach(name -> insistOn(name, sign));
        } else if (!sign.is(Kind.DECLARE)) {
            throw error(sign, "unexpected " + sign + " in range, expected :=");
        }
        return sign.is(Kind.DECLARE);
    }

    /** A value alone, or a function with its arguments. */
    private Node.Expression command(String context) {
        Token first = peek();
        if (isEnd(first)) {
            throw error(first, "empty command");
        }
        Node.Expression operand = operand(context);
        ImmutableList.Builder<Node.Expression> arguments = ImmutableList.builder();
        while (!isEnd(peek())) {
            if (!(operand instanceof Node.Call)) {
                throw error(first, "can't give argument to non-function " + first);
            }
            arguments.add(operand(context));
        }
        return operand instanceof Node.Call(int offset, String function, var none)
                ? new Node.Call(offset, function, arguments.build())
                : operand;
    }

    private static boolean isEnd(Token token) {
        return token.is(Kind.CLOSE) || token.is(Kind.PIPE) || token.is(Kind.RIGHT) || token.is(Kind.END);
    }

    /** One word, or what is in parentheses, with the fields that are asked of it. */
    private Node.Expression operand(String context) {
        Token token = next();
        Node.Expression operand = switch (token.kind()) {
            case DOT -> new Node.Dot(token.offset());
            case FIELD ->
                new Node.Field(
                        token.offset(),
                        new Node.Dot(token.offset()),
                        token.text().substring(1));
            case VARIABLE -> {
                insistOn(token.text(), token);
                yield new Node.Variable(token.offset(), token.text());
            }
            case NUMBER -> new Node.Constant(token.offset(), number(token));
            case STRING -> new Node.Constant(token.offset(), token.text());
            case WORD -> word(token);
            case LEFT -> group(token);
            default -> throw error(token, "unexpected " + token + " in " + context);
        };
        boolean hasFields = !(operand instanceof Node.Constant) && !token.is(Kind.DOT);
        while (hasFields && peek().is(Kind.FIELD) && !peek().spaced()) {
            Token field = next();
            operand = new Node.Field(field.offset(), operand, field.text().substring(1));
        }
        if (!isEnd(peek()) && !peek().spaced()) {
            throw error(peek(), "unexpected " + peek() + " after " + token);
        }
        return operand;
    }

    private Node.Expression word(Token token) {
        return switch (token.text()) {
            case "true" -> new Node.Constant(token.offset(), true);
            case "false" -> new Node.Constant(token.offset(), false);
            case "nil" -> new Node.Constant(token.offset(), null);
            default -> {
                if (!functions.contains(token.text())) {
                    throw error(
                            token,
                            "there is no function " + token + "; there are "
                                    + String.join(", ", new TreeSet<>(functions)));
                }
                yield new Node.Call(token.offset(), token.text(), ImmutableList.of());
            }
        };
    }

    private Node.Expression group(Token left) {
        enter(left);
        Node.Pipeline pipeline = pipeline("parentheses");
        expect(Kind.RIGHT, "parentheses");
        depth--;
        return pipeline;
    }

    /** Whole and decimal numbers, as everybody writes them. */
    private Object number(Token token) {
        String text = token.text().startsWith("+") ? token.text().substring(1) : token.text();
        @Nullable Object number = null;
        if (text.matches("-?(0|[1-9][0-9]*)")) {
            number = Longs.tryParse(text);
        } else if (text.matches("-?[0-9]+[.][0-9]+")) {
            number = Doubles.tryParse(text);
        }
        if (number == null) {
            throw error(token, "the number " + token + " is not supported");
        }
        return number;
    }

    private void insistOn(String name, Token token) {
        if (!variables.contains(name)) {
            throw error(token, "undefined variable \"" + name + "\"");
        }
    }

    private void enter(Token token) {
        if (++depth > DEEPEST) {
            throw error(token, "is nested more than " + DEEPEST + " deep");
        }
    }

    private Token peek() {
        return peek(0);
    }

    private Token peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    private Token next() {
        Token token = peek();
        at++;
        return token;
    }

    private Token expect(Kind kind, String context) {
        Token token = next();
        if (!token.is(kind)) {
            throw error(token, "unexpected " + token + " in " + context);
        }
        return token;
    }

    private TemplateException error(Token token, String message) {
        return new TemplateException(text, token.offset(), message);
    }
}
