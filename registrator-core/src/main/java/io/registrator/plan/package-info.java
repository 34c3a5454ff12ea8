/**
 * What to do about one service, given what should be and what is. Pure: ownership, comparison and policy, without a
 * clock, a thread or a peer.
 */
@NullMarked
package io.registrator.plan;

import org.jspecify.annotations.NullMarked;
