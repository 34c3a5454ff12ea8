package io.registrator.derive.template;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/** A part of a template that writes something, or decides what is written. Offsets are those in the template's text. */
sealed interface Node {
    /** Text between actions. */
    record Text(int offset, String text) implements Node {}

    /** {@code {{pipeline}}}: writes its value, unless it sets a variable. */
    record Action(Pipeline pipeline) implements Node {}

    record If(Pipeline condition, ImmutableList<Node> then, ImmutableList<Node> otherwise) implements Node {}

    record With(Pipeline dot, ImmutableList<Node> then, ImmutableList<Node> otherwise) implements Node {}

    record Range(Pipeline over, ImmutableList<Node> body, ImmutableList<Node> otherwise) implements Node {}

    /** Something in an action that has a value. */
    sealed interface Expression {
        int offset();
    }

    /** {@code .} */
    record Dot(int offset) implements Expression {}

    /** A text, a number, {@code true}, {@code false} or {@code nil}. */
    record Constant(int offset, @Nullable Object value) implements Expression {}

    /** {@code $x}, the name with its dollar sign. */
    record Variable(int offset, String name) implements Expression {}

    /** {@code .A}, {@code $x.A} or {@code (pipeline).A}. */
    record Field(int offset, Expression of, String name) implements Expression {}

    record Call(int offset, String function, ImmutableList<Expression> arguments) implements Expression {}

    /**
     * {@code a | b | c}: each value is the last argument of the next call.
     *
     * @param variables that take its value; of two the first takes the key in a range
     * @param declares whether they are new
     * @param first the first stage
     * @param calls the other stages
     */
    record Pipeline(
            int offset, ImmutableList<String> variables, boolean declares, Expression first, ImmutableList<Call> calls)
            implements Expression {}
}
