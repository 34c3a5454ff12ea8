package io.registrator.derive.template;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/** A part of a template that writes something or decides what is written. */
sealed interface Node {

    /** Text between actions. */
    record Text(Position position, String text) implements Node {}

    /** {@code {{pipeline}}}: writes its value, unless it sets variables. */
    record Action(Expression.Pipeline pipeline) implements Node {}

    record If(Expression.Pipeline condition, ImmutableList<Node> then, ImmutableList<Node> otherwise) implements Node {}

    record With(Expression.Pipeline dot, ImmutableList<Node> then, ImmutableList<Node> otherwise) implements Node {}

    record Range(Expression.Pipeline over, ImmutableList<Node> body, ImmutableList<Node> otherwise) implements Node {}

    record Break() implements Node {}

    record Continue() implements Node {}

    /** {@code {{template "name" pipeline}}}. */
    record Invoke(Position position, String name, Expression.@Nullable Pipeline dot) implements Node {}
}
