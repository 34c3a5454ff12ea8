/** What the pure parts cost a call, measured by JMH; run by {@code scripts/bench.sh jmh}. */
@NullMarked
package io.registrator.it.bench.micro;

import org.jspecify.annotations.NullMarked;
