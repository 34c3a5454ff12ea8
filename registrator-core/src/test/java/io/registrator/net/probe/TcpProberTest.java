package io.registrator.net.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.HostAndPort;
import io.registrator.reconcile.Prober.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class TcpProberTest {
    private final TcpProber prober = new TcpProber();

    @Test
    void tellsWhatListensFromWhatDoesNot() throws IOException {
        HostAndPort target;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            target = HostAndPort.fromParts("127.0.0.1", server.getLocalPort());
            assertThat(prober.probe(target)).isEqualTo(Answer.ACCEPTS);
        }
        assertThat(prober.probe(target)).isEqualTo(Answer.REFUSES);
    }

    /** Where nobody listens, {@code localhost} would refuse. */
    @Test
    void asksNoNameServer() {
        assertThat(prober.probe(HostAndPort.fromParts("localhost", 1))).isEqualTo(Answer.SILENT);
    }
}
