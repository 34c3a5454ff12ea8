/** The words of the program: containers as the engine shows them, services as a registry keeps them. */
@NullMarked
package io.registrator.model;

import org.jspecify.annotations.NullMarked;
