package io.registrator.registry.consul;

import com.google.common.escape.Escaper;
import com.google.common.net.UrlEscapers;

/**
 * The part of a cluster that services are registered in, with Consul Enterprise.
 *
 * @param namespace empty for the token's own
 * @param partition empty for the agent's own
 */
public record Tenancy(String namespace, String partition) {
    /** What every cluster has. */
    public static final Tenancy NONE = new Tenancy("", "");

    private static final Escaper VALUE = UrlEscapers.urlFormParameterEscaper();

    boolean isAsked() {
        return !namespace.isEmpty() || !partition.isEmpty();
    }

    /** The target with what tells the agent so. */
    String in(String target) {
        return with(with(target, "ns", namespace), "partition", partition);
    }

    private static String with(String target, String parameter, String value) {
        if (value.isEmpty()) {
            return target;
        }
        return target + (target.indexOf('?') < 0 ? '?' : '&') + parameter + '=' + VALUE.escape(value);
    }

    @Override
    public String toString() {
        return (namespace.isEmpty() ? "" : "namespace " + namespace)
                + (namespace.isEmpty() || partition.isEmpty() ? "" : " in ")
                + (partition.isEmpty() ? "" : "partition " + partition);
    }
}
