/** Finds out whether services listen. */
@NullMarked
package io.registrator.probe;

import org.jspecify.annotations.NullMarked;
