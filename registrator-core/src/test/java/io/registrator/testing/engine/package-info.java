/**
 * A simulated Docker engine: its HTTP API on a unix socket, for what a real one cannot be asked to do, such as run ten
 * thousand containers or lose a fifth of its events. Needs nothing but the JDK.
 */
@NullMarked
package io.registrator.testing.engine;

import org.jspecify.annotations.NullMarked;
