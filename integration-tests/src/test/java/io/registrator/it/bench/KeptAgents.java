package io.registrator.it.bench;

import com.google.common.io.Closer;
import com.google.common.net.HostAndPort;
import io.registrator.testing.ConsulAgentProcess;
import java.io.IOException;

/**
 * Consul agents whose files are kept until the last of them has been measured. Consul writes a file for each service, and for
 * five minutes after others were deleted an ext4 without a journal looks long for a free inode: what deletes a run's files makes
 * the next one slower, up to half.
 */
final class KeptAgents implements AutoCloseable {
    private final Closer files = Closer.create();

    /** A running agent with a leader; closing it ends it, and leaves its files. */
    Kept running() throws IOException, InterruptedException {
        ConsulAgentProcess agent = ConsulAgentProcess.running();
        files.register(agent::close);
        return new Kept(agent);
    }

    @Override
    public void close() throws IOException {
        files.close();
    }

    record Kept(ConsulAgentProcess agent) implements AutoCloseable {
        HostAndPort address() {
            return agent.address();
        }

        @Override
        public void close() throws InterruptedException {
            agent.kill();
        }
    }
}
