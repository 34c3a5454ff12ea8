package io.registrator.ops.doctor;

import org.jspecify.annotations.Nullable;

/**
 * A registrator that runs as a daemon on this host.
 *
 * @param nodeId null for the engine host's name
 * @param registry its registry URI
 */
public record RunningDaemon(long pid, @Nullable String nodeId, String registry) {}
