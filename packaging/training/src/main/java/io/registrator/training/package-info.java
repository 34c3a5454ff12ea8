/**
 * Trains the daemon's JVM for its AOT cache. An engine and a Consul agent are played here, and a daemon works with them in a process
 * of its own. Nothing of this is in the product's jar, or needed when the daemon runs.
 */
@NullMarked
package io.registrator.training;

import org.jspecify.annotations.NullMarked;
