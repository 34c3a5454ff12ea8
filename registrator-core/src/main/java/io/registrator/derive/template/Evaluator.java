package io.registrator.derive.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One rendering: walks the nodes and writes. For one thread. */
final class Evaluator {
    private final String text;
    private final ImmutableMap<String, TemplateFunction> functions;
    private final Limits limits = new Limits();
    private final StringBuilder output = new StringBuilder();
    private final List<Variable> variables = new ArrayList<>();

    private record Variable(String name, @Nullable Object value) {}

    /** The value of the stage before in a pipeline, which becomes the last argument. */
    private record Piped(@Nullable Object value) {}

    /** @param text of the template, for messages */
    Evaluator(String text, ImmutableMap<String, TemplateFunction> functions) {
        this.text = text;
        this.functions = functions;
    }

    String run(ImmutableList<Node> body, @Nullable Object data) {
        variables.add(new Variable("$", data));
        walk(body, data);
        return output.toString();
    }

    private void walk(List<Node> nodes, @Nullable Object dot) {
        nodes.forEach(node -> walk(node, dot));
    }

    private void walk(Node node, @Nullable Object dot) {
        switch (node) {
            case Node.Text(int offset, String written) -> write(offset, written);
            case Node.Action(Node.Pipeline pipeline) -> {
                Object value = pipeline(pipeline, dot);
                if (pipeline.variables().isEmpty()) {
                    write(pipeline.offset(), at(pipeline.offset(), () -> Values.written(value)));
                }
            }
            case Node.If(var condition, var then, var otherwise) ->
                scoped(() -> walk(Values.isTrue(pipeline(condition, dot)) ? then : otherwise, dot));
            case Node.With(var pipeline, var then, var otherwise) ->
                scoped(() -> {
                    Object value = pipeline(pipeline, dot);
                    boolean isTrue = Values.isTrue(value);
                    walk(isTrue ? then : otherwise, isTrue ? value : dot);
                });
            case Node.Range range -> scoped(() -> range(range, dot));
        }
    }

    /** What is declared inside is not seen outside. */
    private void scoped(Runnable walk) {
        int outside = variables.size();
        walk.run();
        variables.subList(outside, variables.size()).clear();
    }

    private void range(Node.Range range, @Nullable Object dot) {
        Object over = pipeline(range.over(), dot);
        switch (over) {
            case List<?> list
            when !list.isEmpty() -> {
                for (int i = 0; i < list.size(); i++) {
                    round(range, (long) i, list.get(i));
                }
            }
            case Map<?, ?> map
            when !map.isEmpty() -> Values.sorted(map).forEach((key, element) -> round(range, key, element));
            case Long count
            when count > 0 -> {
                for (long i = 0; i < count; i++) {
                    round(range, i, i);
                }
            }
            case List<?> empty -> walk(range.otherwise(), dot);
            case Map<?, ?> empty -> walk(range.otherwise(), dot);
            case Long none -> walk(range.otherwise(), dot);
            case null -> walk(range.otherwise(), dot);
            default -> throw error(range.over().offset(), "range can't iterate over type " + Values.type(over));
        }
    }

    private void round(Node.Range range, Object key, @Nullable Object element) {
        scoped(() -> {
            at(range.over().offset(), limits::step);
            ImmutableList<String> names = range.over().variables();
            if (names.size() == 2) {
                assign(range.over(), names.getFirst(), key);
            }
            if (!names.isEmpty()) {
                assign(range.over(), names.getLast(), element);
            }
            walk(range.body(), element);
        });
    }

    private void write(int offset, String written) {
        output.append(written);
        at(offset, () -> Limits.check(output));
    }

    /** The pipeline's value, which its variable takes too; those of a range are set by it. */
    private @Nullable Object pipeline(Node.Pipeline pipeline, @Nullable Object dot) {
        at(pipeline.offset(), limits::step);
        Object value = value(pipeline.first(), dot);
        for (Node.Call call : pipeline.calls()) {
            value = call(call, dot, new Piped(value));
        }
        if (pipeline.variables().size() == 1) {
            assign(pipeline, pipeline.variables().getFirst(), value);
        }
        return value;
    }

    private void assign(Node.Pipeline pipeline, String name, @Nullable Object value) {
        if (pipeline.declares()) {
            variables.add(new Variable(name, value));
        } else {
            variables.set(indexOf(name), new Variable(name, value));
        }
    }

    /** The innermost of this name; the parser has seen that there is one. */
    private int indexOf(String name) {
        int index = variables.size() - 1;
        while (!variables.get(index).name().equals(name)) {
            index--;
        }
        return index;
    }

    private @Nullable Object value(Node.Expression expression, @Nullable Object dot) {
        return switch (expression) {
            case Node.Dot here -> dot;
            case Node.Constant constant -> constant.value();
            case Node.Variable variable ->
                variables.get(indexOf(variable.name())).value();
            case Node.Field(int offset, Node.Expression of, String name) -> {
                Object holder = value(of, dot);
                yield at(offset, () -> Values.field(holder, name));
            }
            case Node.Call call -> call(call, dot, null);
            case Node.Pipeline pipeline -> pipeline(pipeline, dot);
        };
    }

    private @Nullable Object call(Node.Call call, @Nullable Object dot, @Nullable Piped piped) {
        if (Builtins.SHORT_CIRCUITS.contains(call.function())) {
            return shortCircuit(call, dot, piped);
        }
        List<@Nullable Object> arguments = new ArrayList<>();
        call.arguments().forEach(argument -> arguments.add(value(argument, dot)));
        if (piped != null) {
            arguments.add(piped.value());
        }
        TemplateFunction function = Objects.requireNonNull(functions.get(call.function()));
        try {
            limits.step();
            limits.given(arguments);
            Object value = function.call(new Arguments(arguments, limits));
            limits.made(value);
            return value;
        } catch (FunctionException failed) {
            throw error(call.offset(), call.function() + ": " + failed.getMessage());
        }
    }

    /** {@code and} and {@code or}: the first argument that decides it, or the last. */
    private @Nullable Object shortCircuit(Node.Call call, @Nullable Object dot, @Nullable Piped piped) {
        if (call.arguments().isEmpty() && piped == null) {
            throw error(call.offset(), call.function() + ": missing argument");
        }
        Object value = null;
        for (Node.Expression argument : call.arguments()) {
            at(call.offset(), limits::step);
            value = value(argument, dot);
            if (Values.isTrue(value) == call.function().equals("or")) {
                return value;
            }
        }
        return piped == null ? value : piped.value();
    }

    private void at(int offset, Runnable action) {
        Object unused = at(offset, () -> {
            action.run();
            return offset;
        });
    }

    private <T extends @Nullable Object> T at(int offset, Supplier<T> action) {
        try {
            return action.get();
        } catch (FunctionException failed) {
            throw error(offset, String.valueOf(failed.getMessage()));
        }
    }

    private TemplateException error(int offset, String message) {
        return new TemplateException(text, offset, message);
    }
}
