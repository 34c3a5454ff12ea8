@NullMarked
package io.registrator.reconcile;

import org.jspecify.annotations.NullMarked;
