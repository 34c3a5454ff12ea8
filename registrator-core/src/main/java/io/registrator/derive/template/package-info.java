/**
 * Templates of tags, in the syntax of Go's text/template. They have what a tag can use: fields, variables, pipelines, {@code if},
 * {@code with}, {@code range}, comparisons, {@code index}, {@code len}, {@code print} and {@code printf}, and the functions of
 * gliderlabs/registrator. Anything else is refused by name, and limits hold how much one template may take.
 *
 * @see <a href="https://pkg.go.dev/text/template">text/template</a>
 */
@NullMarked
package io.registrator.derive.template;

import org.jspecify.annotations.NullMarked;
