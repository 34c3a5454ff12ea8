package io.registrator.model;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * One host binding of a container port.
 *
 * @param hostIp the address that it is bound to; empty, {@code 0.0.0.0} or {@code ::} for all of them
 * @param hostPort the port on the host, 1 to 65535
 */
public record PortBinding(String hostIp, int hostPort) {
    public PortBinding {
        checkArgument(hostPort >= 1 && hostPort <= 65_535, "host port out of range: %s", hostPort);
    }
}
