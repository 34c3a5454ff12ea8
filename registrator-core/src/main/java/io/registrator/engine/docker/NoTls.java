package io.registrator.engine.docker;

import javax.net.ssl.SSLContext;

/**
 * What docker-java's transport is given for a unix socket. Without one it makes the usual one, though nothing ever uses it,
 * and for that reads all certificates of the host.
 */
final class NoTls extends SSLContext {
    NoTls() {
        super(null, null, "none");
    }
}
