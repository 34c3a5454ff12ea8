/**
 * Why each container is, or is not, in the registry: what is derived, planned and observed of it, put into one answer whose
 * first words are the cause. Pure.
 */
@NullMarked
package io.registrator.ops.explain;

import org.jspecify.annotations.NullMarked;
