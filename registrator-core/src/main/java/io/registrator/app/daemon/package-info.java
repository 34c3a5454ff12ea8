/** The one place where the parts are put together. */
@NullMarked
package io.registrator.app.daemon;

import org.jspecify.annotations.NullMarked;
