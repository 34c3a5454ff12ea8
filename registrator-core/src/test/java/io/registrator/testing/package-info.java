/** What tests of more than one package or module need: engines, their command line, listeners that remember. */
@NullMarked
package io.registrator.testing;

import org.jspecify.annotations.NullMarked;
