/**
 * The chaos soak: random operations on containers, random faults of everything around the daemon, a comparison of engine
 * and Consul at every quiet point, and watches that look all along at what must not change.
 */
@NullMarked
package io.registrator.it.soak;

import org.jspecify.annotations.NullMarked;
