package io.registrator.registry.consul;

import com.google.common.collect.ImmutableSet;

/**
 * The services of a node in the catalog.
 *
 * @param index to wait for a newer state with
 */
record NodeServices(long index, ImmutableSet<String> ids) {}
