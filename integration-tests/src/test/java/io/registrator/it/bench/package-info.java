/**
 * What is measured rather than tested, run by {@code scripts/bench.sh}; and what a test of a small part of it shares with
 * that.
 */
@NullMarked
package io.registrator.it.bench;

import org.jspecify.annotations.NullMarked;
