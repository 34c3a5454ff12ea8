/** The daemon as it ships, against a real engine and a real Consul agent. */
@NullMarked
package io.registrator.it;

import org.jspecify.annotations.NullMarked;
