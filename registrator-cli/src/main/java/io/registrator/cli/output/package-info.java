/** How things are written to the terminal and the log. */
@NullMarked
package io.registrator.cli.output;

import org.jspecify.annotations.NullMarked;
