package io.registrator.net.probe;

import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import io.registrator.reconcile.Prober;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Opens a TCP connection and closes it at once, with a reset: no socket of ours is left in TIME_WAIT. */
public final class TcpProber implements Prober {
    private static final int DEADLINE_MILLIS = 400;

    /** A name is not looked up, and so is silent. */
    @Override
    public Answer probe(HostAndPort target) {
        if (!InetAddresses.isInetAddress(target.getHost())) {
            return Answer.SILENT;
        }
        InetAddress address = InetAddresses.forString(target.getHost());
        try {
            connect(new InetSocketAddress(address, target.getPort()), DEADLINE_MILLIS);
            return Answer.ACCEPTS;
        } catch (ConnectException refused) {
            return isRefusal(refused) ? Answer.REFUSES : Answer.SILENT;
        } catch (IOException e) {
            return Answer.SILENT;
        }
    }

    /** @throws IOException with the reason, when nobody accepts a connection within the deadline */
    public static void connect(InetSocketAddress target, int deadlineMillis) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoLinger(true, 0);
            socket.connect(target, deadlineMillis);
        }
    }

    /** The JDK says the same class for a reset by the host and for a host that no one finds. */
    private static boolean isRefusal(ConnectException e) {
        return String.valueOf(e.getMessage()).contains("refused");
    }
}
