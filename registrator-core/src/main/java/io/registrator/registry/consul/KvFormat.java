package io.registrator.registry.consul;

/** What the entries of a key-value tree look like. */
public enum KvFormat {
    /** {@code <prefix>/<name>/<id>} = {@code ip:port}, as gliderlabs/registrator writes them. */
    PLAIN,
    /** {@code <prefix>/<name>/<ip>:<port>} = JSON, as nginx-upsync-module reads them. */
    UPSYNC
}
