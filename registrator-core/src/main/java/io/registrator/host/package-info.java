/** Which address of this host published ports are reached at. */
@NullMarked
package io.registrator.host;

import org.jspecify.annotations.NullMarked;
