@NullMarked
package io.registrator.memory;

import org.jspecify.annotations.NullMarked;
