package io.registrator.derive;

import io.registrator.model.ContainerSnapshot;

/** Answers {@code httpGet}. */
@FunctionalInterface
public interface WebTexts {

    /**
     * What a template of this container gets from this URL.
     *
     * @throws io.registrator.derive.template.FunctionException when it gets nothing
     */
    String get(ContainerSnapshot container, String url);
}
