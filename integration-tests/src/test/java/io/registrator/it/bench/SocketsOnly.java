package io.registrator.it.bench;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;

/** Asks engine and Consul one question each, and waits: the start that no daemon on this runtime can do without. */
final class SocketsOnly {
    static final String READY = "ready";

    private SocketsOnly() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        PlainHttp.unix(UnixDomainSocketAddress.of(arguments[0])).send("GET", "/_ping", "");
        PlainHttp.tcp(arguments[1], Integer.parseInt(arguments[2])).send("GET", "/v1/agent/self", "");
        System.out.println(READY);
        Thread.currentThread().join();
    }
}
