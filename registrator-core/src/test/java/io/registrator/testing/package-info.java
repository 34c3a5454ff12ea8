/** Real peers for tests, as processes that a test starts, harms and ends. */
@NullMarked
package io.registrator.testing;

import org.jspecify.annotations.NullMarked;
