/** What operators get to see of the loop's work. */
@NullMarked
package io.registrator.ops.observe;

import org.jspecify.annotations.NullMarked;
