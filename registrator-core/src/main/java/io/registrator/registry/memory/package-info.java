/** A registry that lives and dies with the daemon, for trying it without Consul. */
@NullMarked
package io.registrator.registry.memory;

import org.jspecify.annotations.NullMarked;
