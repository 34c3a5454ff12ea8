/** What several tests need: servers to talk to and definitions to talk about. */
@NullMarked
package io.registrator.testing;

import org.jspecify.annotations.NullMarked;
