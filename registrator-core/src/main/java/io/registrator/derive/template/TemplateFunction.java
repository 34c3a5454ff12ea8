package io.registrator.derive.template;

import org.jspecify.annotations.Nullable;

/** A function that templates can call. */
@FunctionalInterface
public interface TemplateFunction {

    /**
     * Its value.
     *
     * @throws FunctionException when it has none for these arguments
     */
    @Nullable
    Object call(Arguments arguments);
}
