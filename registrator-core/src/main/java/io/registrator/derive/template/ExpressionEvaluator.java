package io.registrator.derive.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds the values of what is inside actions, and keeps the variables of one template. */
final class ExpressionEvaluator {
    /** They look at no more arguments than they need, so they are no functions like the others. */
    static final ImmutableSet<String> SHORT_CIRCUITS = ImmutableSet.of("and", "or");

    private static final String ROOT = "$";

    private final ImmutableMap<String, TemplateFunction> functions;
    private final Limits limits;
    private final List<Variable> variables = new ArrayList<>();

    private record Variable(String name, @Nullable Object value) {}

    /** The value of the stage before in a pipeline, which becomes the last argument. */
    private record Piped(@Nullable Object value) {}

    ExpressionEvaluator(ImmutableMap<String, TemplateFunction> functions, Limits limits, @Nullable Object root) {
        this.functions = functions;
        this.limits = limits;
        variables.add(new Variable(ROOT, root));
    }

    int variables() {
        return variables.size();
    }

    void forgetVariables(int count) {
        variables.subList(count, variables.size()).clear();
    }

    /** The pipeline's value, which its variables take too, save those of a range. */
    @Nullable
    Object value(@Nullable Object dot, Expression.Pipeline pipeline) {
        Piped piped = null;
        for (Expression.Command command : pipeline.commands()) {
            piped = new Piped(command(dot, command, piped));
        }
        Object value = Objects.requireNonNull(piped).value();
        if (pipeline.variables().size() == 1) {
            assign(pipeline, pipeline.variables().getFirst(), value);
        }
        return value;
    }

    /** Sets what a range declares for its next round: the element, or the key and the element. */
    void assignInRange(Expression.Pipeline over, @Nullable Object key, @Nullable Object element) {
        ImmutableList<String> names = over.variables();
        if (names.size() == 1) {
            assign(over, names.getFirst(), element);
        } else if (names.size() == 2) {
            assign(over, names.get(0), key);
            assign(over, names.get(1), element);
        }
    }

    private void assign(Expression.Pipeline pipeline, String name, @Nullable Object value) {
        if (pipeline.declares()) {
            variables.add(new Variable(name, value));
        } else {
            variables.set(indexOf(pipeline.position(), name), new Variable(name, value));
        }
    }

    private int indexOf(Position position, String name) {
        for (int i = variables.size() - 1; i >= 0; i--) {
            if (variables.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new TemplateException(position, "undefined variable: " + name);
    }

    private @Nullable Object command(@Nullable Object dot, Expression.Command command, @Nullable Piped piped) {
        step(command.position());
        Expression first = command.words().getFirst();
        ImmutableList<Expression> rest =
                command.words().subList(1, command.words().size());
        if (first instanceof Expression.Function function) {
            return call(dot, function, rest, piped);
        }
        if (!rest.isEmpty() || piped != null) {
            throw new TemplateException(first.position(), "can't give argument to non-function " + Shown.of(first));
        }
        if (first instanceof Expression.Nil) {
            throw new TemplateException(first.position(), "nil is not a command");
        }
        return value(dot, first);
    }

    private @Nullable Object value(@Nullable Object dot, Expression expression) {
        return switch (expression) {
            case Expression.Dot here -> dot;
            case Expression.Nil nil -> null;
            case Expression.Constant constant -> constant.value();
            case Expression.Fields fields -> fields(fields.position(), dot, fields.names());
            case Expression.Variable variable -> {
                Object value = variables
                        .get(indexOf(variable.position(), variable.name()))
                        .value();
                yield fields(variable.position(), value, variable.fields());
            }
            case Expression.Chain chain -> fields(chain.position(), value(dot, chain.base()), chain.fields());
            case Expression.Function function -> call(dot, function, ImmutableList.of(), null);
            case Expression.Pipeline pipeline -> value(dot, pipeline);
        };
    }

    private @Nullable Object fields(Position position, @Nullable Object receiver, ImmutableList<String> names) {
        Object value = receiver;
        for (String name : names) {
            Object holder = value;
            value = at(position, () -> Values.field(holder, name));
        }
        return value;
    }

    private @Nullable Object call(
            @Nullable Object dot,
            Expression.Function function,
            ImmutableList<Expression> words,
            @Nullable Piped piped) {
        if (SHORT_CIRCUITS.contains(function.name())) {
            return shortCircuit(dot, function, words, piped);
        }
        List<@Nullable Object> arguments = new ArrayList<>();
        words.forEach(word -> arguments.add(value(dot, word)));
        if (piped != null) {
            arguments.add(piped.value());
        }
        TemplateFunction called = Objects.requireNonNull(functions.get(function.name()));
        try {
            limits.step();
            limits.given(arguments);
            Object value = called.call(new Arguments(arguments, limits));
            limits.made(value);
            return value;
        } catch (FunctionException failed) {
            throw new TemplateException(function.position(), function.name() + ": " + failed.getMessage());
        }
    }

    /** The first argument that decides it, or the last. */
    private @Nullable Object shortCircuit(
            @Nullable Object dot,
            Expression.Function function,
            ImmutableList<Expression> words,
            @Nullable Piped piped) {
        if (words.isEmpty() && piped == null) {
            throw new TemplateException(function.position(), function.name() + ": missing argument");
        }
        boolean decides = function.name().equals("or");
        Object value = null;
        for (Expression word : words) {
            step(function.position());
            value = value(dot, word);
            if (Values.isTrue(value) == decides) {
                return value;
            }
        }
        return piped == null ? value : piped.value();
    }

    private void step(Position position) {
        Position unused = at(position, () -> {
            limits.step();
            return position;
        });
    }

    private static <T extends @Nullable Object> T at(Position position, Supplier<T> action) {
        try {
            return action.get();
        } catch (FunctionException failed) {
            throw new TemplateException(position, String.valueOf(failed.getMessage()));
        }
    }
}
