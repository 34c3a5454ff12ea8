package io.registrator.ops.observe;

import com.google.common.collect.ImmutableList;
import io.registrator.derive.LeftOut;
import io.registrator.derive.Problem;
import io.registrator.model.ContainerRef;
import org.jspecify.annotations.Nullable;

/**
 * One container, and what becomes of it.
 *
 * @param gone the engine does not have it any more, but its services are not gone yet
 * @param unreadable why it could not be inspected; null when it could
 */
public record ContainerStatus(
        ContainerRef container,
        boolean gone,
        @Nullable String unreadable,
        ImmutableList<ServiceStatus> services,
        ImmutableList<LeftOut> leftOut,
        ImmutableList<Problem> problems) {}
