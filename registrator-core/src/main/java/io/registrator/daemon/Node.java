package io.registrator.daemon;

import io.registrator.derive.DerivationSettings;
import io.registrator.docker.EngineInfo;
import io.registrator.host.HostAddress;

/**
 * What this host is called and where it is.
 *
 * @param id first part of service IDs, and the mark of what is ours
 * @param settings for services, with both in it
 */
record Node(String id, HostAddress address, EngineInfo engine, DerivationSettings settings) {}
