/** Tells whoever started the daemon that it lives: systemd, and the health check of a container engine. */
@NullMarked
package io.registrator.ops.supervise;

import org.jspecify.annotations.NullMarked;
