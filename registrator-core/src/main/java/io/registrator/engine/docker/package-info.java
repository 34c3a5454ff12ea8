/**
 * Containers of a Docker engine. {@link io.registrator.engine.docker.DockerSource} is the loop's {@link
 * io.registrator.reconcile.ContainerSource}; it asks through docker-java's {@code DockerClient}. The mappers turn docker-java's
 * model, of which {@code EngineModel} reads only what is used, into ours.
 */
@NullMarked
package io.registrator.engine.docker;

import org.jspecify.annotations.NullMarked;
