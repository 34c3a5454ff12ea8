/** What is measured rather than tested: run by {@code scripts/bench.sh}, never with the tests. */
@NullMarked
package io.registrator.it.bench;

import org.jspecify.annotations.NullMarked;
