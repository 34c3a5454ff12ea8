/** Measurements, run by {@code scripts/bench.sh}, and what they share with the tests that hold a small part of them. */
@NullMarked
package io.registrator.it.bench;

import org.jspecify.annotations.NullMarked;
