package io.registrator.it.stacks;

import java.time.Duration;
import java.time.Instant;

/**
 * What became of one request.
 *
 * @param localPort the client's port of its connection, 0 when there was none
 * @param backend who answered, empty when nobody did
 * @param proxy who passed it on, empty when that is not known
 * @param failure why it failed, empty when it did not
 */
record Answer(Instant started, Duration took, int localPort, String backend, String proxy, String failure) {
    boolean failed() {
        return !failure.isEmpty();
    }
}
