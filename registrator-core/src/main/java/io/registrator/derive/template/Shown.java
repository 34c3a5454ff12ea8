package io.registrator.derive.template;

import com.google.common.collect.Lists;

/** Expressions as messages show them. */
final class Shown {
    private Shown() {}

    static String of(Expression expression) {
        return switch (expression) {
            case Expression.Dot dot -> ".";
            case Expression.Nil nil -> "nil";
            case Expression.Constant constant -> constant.text();
            case Expression.Fields fields -> "." + String.join(".", fields.names());
            case Expression.Variable variable ->
                String.join(".", Lists.asList(variable.name(), variable.fields().toArray(String[]::new)));
            case Expression.Chain chain -> of(chain.base()) + "." + String.join(".", chain.fields());
            case Expression.Function function -> function.name();
            case Expression.Pipeline pipeline -> "(…)";
        };
    }
}
