/** Finds out whether services listen. */
@NullMarked
package io.registrator.net.probe;

import org.jspecify.annotations.NullMarked;
