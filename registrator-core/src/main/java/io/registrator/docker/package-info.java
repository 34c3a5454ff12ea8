/**
 * Containers of a Docker engine, over docker-java's transport: {@link io.registrator.docker.DockerSource} is the loop's {@link
 * io.registrator.reconcile.ContainerSource}.
 */
@NullMarked
package io.registrator.docker;

import org.jspecify.annotations.NullMarked;
