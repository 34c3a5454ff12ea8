/** The command line: where the process begins and which exit code it ends with. */
@NullMarked
package io.registrator.cli;

import org.jspecify.annotations.NullMarked;
