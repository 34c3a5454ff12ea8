/**
 * The loop that keeps a registry equal to an engine, and the ports that it needs: where containers come from, where
 * services go, and who is told.
 */
@NullMarked
package io.registrator.reconcile;

import org.jspecify.annotations.NullMarked;
