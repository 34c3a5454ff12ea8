package io.registrator.derive.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.registrator.derive.template.Token.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a tree of the tokens: text and actions; what is inside actions is {@link ExpressionParser}'s. */
final class Parser {
    /** Deeper nesting than anybody writes. */
    private static final int DEEPEST = 100;

    private static final ImmutableSet<String> CLAUSES = ImmutableSet.of("else", "end");

    private final Tokens tokens;
    private final ExpressionParser expressions;
    private final Map<String, ImmutableList<Node>> defined = new LinkedHashMap<>();
    private int depth;
    private int loops;

    private Parser(Tokens tokens, Set<String> functions) {
        this.tokens = tokens;
        this.expressions = new ExpressionParser(tokens, functions);
    }

    /**
     * The template's body under the empty name, and what it defines under the names that it gives.
     *
     * @throws TemplateException when it is none
     */
    static ImmutableMap<String, ImmutableList<Node>> parse(String text, Set<String> functions) {
        Parser parser = new Parser(new Tokens(Lexer.tokens(text)), functions);
        ImmutableList<Node> body = parser.nodes();
        if (!parser.tokens.next().is(Kind.END)) {
            throw Tokens.error(
                    parser.tokens.peek(), "unexpected {{" + parser.tokens.peek().text() + "}}");
        }
        parser.defined.put("", body);
        return ImmutableMap.copyOf(parser.defined);
    }

    /** Until {@code {{else}}}, {@code {{end}}} or the end of the text, which stays. */
    private ImmutableList<Node> nodes() {
        ImmutableList.Builder<Node> nodes = ImmutableList.builder();
        while (true) {
            Token token = tokens.peek();
            if (token.is(Kind.END)
                    || (token.is(Kind.OPEN)
                            && CLAUSES.contains(tokens.peekSecond().text()))) {
                return nodes.build();
            }
            tokens.next();
            if (token.is(Kind.TEXT)) {
                nodes.add(new Node.Text(token.position(), token.text()));
            } else {
                action(nodes);
            }
        }
    }

    private void action(ImmutableList.Builder<Node> nodes) {
        Token word = tokens.peek();
        String keyword = word.is(Kind.IDENTIFIER) ? word.text() : "";
        switch (keyword) {
            case "if" -> nodes.add(ifNode());
            case "with" -> nodes.add(withNode());
            case "range" -> nodes.add(rangeNode());
            case "template" -> nodes.add(invocation());
            case "block" -> nodes.add(block());
            case "define" -> define();
            case "break" -> nodes.add(jump(new Node.Break()));
            case "continue" -> nodes.add(jump(new Node.Continue()));
            default -> {
                nodes.add(new Node.Action(expressions.pipeline("command", false)));
                tokens.expect(Kind.CLOSE, "an action");
            }
        }
    }

    private Node ifNode() {
        tokens.next();
        Scope scope = enter();
        var condition = header("if", false);
        ImmutableList<Node> then = nodes();
        ImmutableList<Node> otherwise = otherwise("if");
        leave(scope);
        return new Node.If(condition, then, otherwise);
    }

    private Node withNode() {
        tokens.next();
        Scope scope = enter();
        var dot = header("with", false);
        ImmutableList<Node> then = nodes();
        ImmutableList<Node> otherwise = otherwise("with");
        leave(scope);
        return new Node.With(dot, then, otherwise);
    }

    private Node rangeNode() {
        tokens.next();
        Scope scope = enter();
        var over = header("range", true);
        loops++;
        ImmutableList<Node> body = nodes();
        loops--;
        ImmutableList<Node> otherwise = otherwise("range");
        leave(scope);
        return new Node.Range(over, body, otherwise);
    }

    private Expression.Pipeline header(String context, boolean range) {
        var pipeline = expressions.pipeline(context, range);
        tokens.expect(Kind.CLOSE, context);
        return pipeline;
    }

    /** What follows {@code {{else}}}, and the {@code {{end}}}. {@code {{else if}}} needs no end of its own. */
    private ImmutableList<Node> otherwise(String context) {
        clause(context);
        Token word = tokens.next();
        if (word.isWord("end")) {
            tokens.expect(Kind.CLOSE, "end");
            return ImmutableList.of();
        }
        Token next = tokens.peek();
        if (next.isWord(context) && !context.equals("range")) {
            return ImmutableList.of(context.equals("if") ? ifNode() : withNode());
        }
        tokens.expect(Kind.CLOSE, "else");
        ImmutableList<Node> nodes = nodes();
        clause(context);
        Token end = tokens.next();
        if (!end.isWord("end")) {
            throw Tokens.error(end, "expected end; found {{else}}");
        }
        tokens.expect(Kind.CLOSE, "end");
        return nodes;
    }

    private void clause(String context) {
        Token open = tokens.next();
        if (!open.is(Kind.OPEN)) {
            throw Tokens.error(open, "unexpected end of the template: {{" + context + "}} has no {{end}}");
        }
    }

    private Node jump(Node node) {
        Token word = tokens.next();
        if (loops == 0) {
            throw Tokens.error(word, "{{" + word.text() + "}} outside {{range}}");
        }
        tokens.expect(Kind.CLOSE, word.text());
        return node;
    }

    private Node invocation() {
        Token word = tokens.next();
        String name = tokens.expect(Kind.STRING, "template").text();
        return new Node.Invoke(word.position(), name, dotOf("template"));
    }

    private Expression.@Nullable Pipeline dotOf(String context) {
        if (tokens.peek().is(Kind.CLOSE)) {
            tokens.next();
            return null;
        }
        return header(context, false);
    }

    /** A definition and its use in one. */
    private Node block() {
        Token word = tokens.next();
        String name = tokens.expect(Kind.STRING, "block").text();
        var dot = header("block", false);
        defined.put(name, definition("block"));
        return new Node.Invoke(word.position(), name, dot);
    }

    private void define() {
        Token word = tokens.next();
        if (depth > 0) {
            throw Tokens.error(word, "unexpected {{define}} inside another action");
        }
        String name = tokens.expect(Kind.STRING, "define").text();
        tokens.expect(Kind.CLOSE, "define");
        if (defined.containsKey(name)) {
            throw Tokens.error(word, "template: multiple definition of template " + Quoted.quote(name));
        }
        defined.put(name, definition("define"));
    }

    /** With variables of its own. */
    private ImmutableList<Node> definition(String context) {
        Scope scope = enter();
        ImmutableList<String> outside = expressions.hideVariables();
        int outerLoops = loops;
        loops = 0;
        ImmutableList<Node> body = nodes();
        clause(context);
        Token end = tokens.next();
        if (!end.isWord("end")) {
            throw Tokens.error(end, "unexpected {{else}} in " + context);
        }
        tokens.expect(Kind.CLOSE, "end");
        loops = outerLoops;
        expressions.showVariables(outside);
        leave(scope);
        return body;
    }

    private record Scope(int variables) {}

    private Scope enter() {
        if (++depth > DEEPEST) {
            throw Tokens.error(tokens.peek(), "actions are nested more than " + DEEPEST + " deep");
        }
        return new Scope(expressions.variables());
    }

    private void leave(Scope scope) {
        depth--;
        expressions.forgetVariables(scope.variables());
    }
}
