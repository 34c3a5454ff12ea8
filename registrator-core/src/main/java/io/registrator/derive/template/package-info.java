/**
 * Go's {@code text/template}: the whole language and its builtin functions, over plain Java values.
 *
 * @see <a href="https://pkg.go.dev/text/template">text/template</a>
 */
@NullMarked
package io.registrator.derive.template;

import org.jspecify.annotations.NullMarked;
