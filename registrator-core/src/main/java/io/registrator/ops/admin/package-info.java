/** What the daemon says of itself over HTTP: health, metrics, state, journal, and a page for people. Read-only. */
@NullMarked
package io.registrator.ops.admin;

import org.jspecify.annotations.NullMarked;
