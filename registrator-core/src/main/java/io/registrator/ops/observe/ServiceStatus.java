package io.registrator.ops.observe;

import com.google.common.collect.ImmutableList;
import io.registrator.model.ContainerPort;
import io.registrator.model.ServiceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One service, and how far it has come.
 *
 * @param port the container's; null for a service declared without one, and for one whose container is gone
 * @param address where it answers, {@code 10.0.0.1:32768}
 * @param checks their names
 * @param why the state is as it is, in words; may be empty
 * @param since when the state began
 */
public record ServiceStatus(
        ServiceId id,
        @Nullable ContainerPort port,
        String name,
        String address,
        ImmutableList<String> tags,
        ImmutableList<String> checks,
        ServiceState state,
        String why,
        Instant since) {}
