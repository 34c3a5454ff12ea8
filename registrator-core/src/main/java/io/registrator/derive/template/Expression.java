package io.registrator.derive.template;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/** Something in an action that has a value. */
sealed interface Expression {
    Position position();

    /** {@code .} */
    record Dot(Position position) implements Expression {}

    record Nil(Position position) implements Expression {}

    /** @param text as it is written */
    record Constant(Position position, @Nullable Object value, String text) implements Expression {}

    /** {@code .A.B} */
    record Fields(Position position, ImmutableList<String> names) implements Expression {}

    /** {@code $x.A.B}, the name with its dollar sign. */
    record Variable(Position position, String name, ImmutableList<String> fields) implements Expression {}

    /** {@code (pipeline).A.B} */
    record Chain(Position position, Expression base, ImmutableList<String> fields) implements Expression {}

    record Function(Position position, String name) implements Expression {}

    /** A function with its arguments, or a value alone. */
    record Command(Position position, ImmutableList<Expression> words) {}

    /**
     * {@code a | b | c}, each the last argument of the next.
     *
     * @param variables that take its value; of two the first takes the key in a range
     * @param declares whether they are new
     */
    record Pipeline(
            Position position, ImmutableList<String> variables, boolean declares, ImmutableList<Command> commands)
            implements Expression {}
}
