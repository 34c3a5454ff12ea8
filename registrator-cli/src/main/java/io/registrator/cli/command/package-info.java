/** The commands and their options. */
@NullMarked
package io.registrator.cli.command;

import org.jspecify.annotations.NullMarked;
