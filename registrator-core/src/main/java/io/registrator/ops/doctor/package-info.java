/** What may be wrong with a host: how it is found in what was observed, and how it is told. Pure. */
@NullMarked
package io.registrator.ops.doctor;

import org.jspecify.annotations.NullMarked;
