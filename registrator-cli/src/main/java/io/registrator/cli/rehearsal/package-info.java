/** A run of the daemon without engine or Consul, from which the JVM learns what to have ready at the next start. */
@NullMarked
package io.registrator.cli.rehearsal;

import org.jspecify.annotations.NullMarked;
