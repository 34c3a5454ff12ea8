package io.registrator.derive.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One rendering: walks the nodes and writes. For one thread. */
final class Evaluator {
    private final Map<String, ImmutableList<Node>> bodies;
    private final ImmutableMap<String, TemplateFunction> functions;
    private final Limits limits = new Limits();
    private final StringBuilder output = new StringBuilder();
    private ExpressionEvaluator expressions;

    /** What comes after a node. */
    private enum Flow {
        NEXT,
        BREAK,
        CONTINUE
    }

    Evaluator(Map<String, ImmutableList<Node>> bodies, ImmutableMap<String, TemplateFunction> functions) {
        this.bodies = bodies;
        this.functions = functions;
        this.expressions = new ExpressionEvaluator(functions, limits, null);
    }

    String run(@Nullable Object data) {
        Position start = new Position(1, 1);
        call(start, "", data);
        return output.toString();
    }

    /** A template sees none of its caller's variables. */
    private void call(Position position, String name, @Nullable Object dot) {
        ImmutableList<Node> body = bodies.get(name);
        if (body == null) {
            throw new TemplateException(position, "template " + Quoted.quote(name) + " not defined");
        }
        ExpressionEvaluator caller = expressions;
        expressions = new ExpressionEvaluator(functions, limits, dot);
        at(position, limits::enter);
        Flow unused = walk(body, dot);
        limits.leave();
        expressions = caller;
    }

    private Flow walk(List<Node> nodes, @Nullable Object dot) {
        for (Node node : nodes) {
            Flow flow = walk(node, dot);
            if (flow != Flow.NEXT) {
                return flow;
            }
        }
        return Flow.NEXT;
    }

    private Flow walk(Node node, @Nullable Object dot) {
        return switch (node) {
            case Node.Text(Position position, String text) -> {
                write(position, text);
                yield Flow.NEXT;
            }
            case Node.Action(Expression.Pipeline pipeline) -> {
                Object value = expressions.value(dot, pipeline);
                if (pipeline.variables().isEmpty()) {
                    write(pipeline.position(), at(pipeline.position(), () -> Values.written(value)));
                }
                yield Flow.NEXT;
            }
            case Node.If branch ->
                scoped(() -> Values.isTrue(expressions.value(dot, branch.condition()))
                        ? walk(branch.then(), dot)
                        : walk(branch.otherwise(), dot));
            case Node.With with -> scoped(() -> with(with, dot));
            case Node.Range range -> scoped(() -> range(range, dot));
            case Node.Break end -> Flow.BREAK;
            case Node.Continue next -> Flow.CONTINUE;
            case Node.Invoke invoke -> {
                Object data = invoke.dot() == null ? null : expressions.value(dot, invoke.dot());
                call(invoke.position(), invoke.name(), data);
                yield Flow.NEXT;
            }
        };
    }

    private interface Walk {
        Flow go();
    }

    private Flow scoped(Walk walk) {
        int variables = expressions.variables();
        Flow flow = walk.go();
        expressions.forgetVariables(variables);
        return flow;
    }

    private Flow with(Node.With with, @Nullable Object dot) {
        Object value = expressions.value(dot, with.dot());
        return Values.isTrue(value) ? walk(with.then(), value) : walk(with.otherwise(), dot);
    }

    private Flow range(Node.Range range, @Nullable Object dot) {
        Object over = expressions.value(dot, range.over());
        boolean any = false;
        Iterations iterations = at(range.over().position(), () -> Iterations.over(over, limits));
        while (iterations.hasNext()) {
            any = true;
            Object key = iterations.nextKey();
            Object element = iterations.element();
            Flow flow = scoped(() -> {
                at(range.over().position(), limits::step);
                expressions.assignInRange(range.over(), key, element);
                return walk(range.body(), element);
            });
            if (flow == Flow.BREAK) {
                break;
            }
        }
        return any ? Flow.NEXT : walk(range.otherwise(), dot);
    }

    private void write(Position position, String text) {
        output.append(text);
        at(position, () -> Limits.check(output));
    }

    private static void at(Position position, Runnable action) {
        Object unused = at(position, () -> {
            action.run();
            return position;
        });
    }

    private static <T> T at(Position position, Supplier<T> action) {
        try {
            return action.get();
        } catch (FunctionException failed) {
            throw new TemplateException(position, String.valueOf(failed.getMessage()));
        }
    }
}
