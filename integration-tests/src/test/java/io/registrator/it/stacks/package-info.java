/** The stacks in examples/, under load, with programs from Debian's packages. */
@NullMarked
package io.registrator.it.stacks;

import org.jspecify.annotations.NullMarked;
