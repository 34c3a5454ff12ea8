package io.registrator.app.daemon;

import io.registrator.derive.DerivationSettings;
import io.registrator.engine.docker.EngineInfo;

/**
 * What this host is called.
 *
 * @param id first part of service IDs, and the mark of what is ours
 * @param settings for services, with its name in it, and the address where that is said
 */
record Node(String id, EngineInfo engine, DerivationSettings settings) {}
