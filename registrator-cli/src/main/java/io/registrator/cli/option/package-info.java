/** The daemon's options: one table of them, and a reader of plain command lines that needs nothing else. */
@NullMarked
package io.registrator.cli.option;

import org.jspecify.annotations.NullMarked;
