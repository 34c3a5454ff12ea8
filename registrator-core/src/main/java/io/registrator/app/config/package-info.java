/** What the user asked for, parsed once from flags and environment into records that hold only what makes sense. */
@NullMarked
package io.registrator.app.config;

import org.jspecify.annotations.NullMarked;
