package io.registrator.app.config;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Knows which variables of Consul's, the engine's and our own mean something. */
public final class Variables {
    private static final ImmutableSet<String> UNDERSTOOD = ImmutableSet.of(
            "CONSUL_HTTP_ADDR",
            "CONSUL_HTTP_AUTH",
            "CONSUL_HTTP_SSL",
            "CONSUL_HTTP_SSL_VERIFY",
            "CONSUL_HTTP_TOKEN",
            "CONSUL_HTTP_TOKEN_FILE",
            "CONSUL_CACERT",
            "CONSUL_CAPATH",
            "CONSUL_CLIENT_CERT",
            "CONSUL_CLIENT_KEY",
            "CONSUL_TLSCERT",
            "CONSUL_TLSKEY",
            "CONSUL_TLS_SERVER_NAME",
            "CONSUL_NAMESPACE",
            "CONSUL_PARTITION",
            // The launcher's, the systemd unit's, and that of the image's entry point.
            "REGISTRATOR_JAVA",
            "REGISTRATOR_OPTS",
            "REGISTRATOR_STARTED_AS",
            // Where commands find daemons.
            "REGISTRATOR_RUN_DIR");

    /** What an engine sets in containers that are linked to one called consul, and Kubernetes beside a service of this name. */
    private static final Pattern OF_LINKS =
            Pattern.compile("(CONSUL|REGISTRATOR)_(NAME|ENV_.*|PORT|PORT_\\d+_.*|SERVICE_(HOST|PORT)(_.*)?)");

    /** Of the engine's many variables, those that would lead its own client elsewhere. */
    private static final ImmutableSet<String> OF_THE_ENGINE =
            ImmutableSet.of("DOCKER_API_VERSION", "DOCKER_CONTEXT", "DOCKER_TLS");

    private Variables() {}

    /**
     * The names of those that are set and do nothing, although somebody seems to have meant us.
     *
     * @param options the variables that options have
     */
    public static ImmutableList<String> ignored(Map<String, String> environment, Set<String> options) {
        return environment.entrySet().stream()
                .filter(entry -> !entry.getValue().isBlank())
                .map(Map.Entry::getKey)
                .filter(name ->
                        name.startsWith("CONSUL_") || name.startsWith("REGISTRATOR_") || OF_THE_ENGINE.contains(name))
                .filter(name -> !UNDERSTOOD.contains(name) && !options.contains(name))
                .filter(name -> !OF_LINKS.matcher(name).matches())
                .sorted()
                .collect(toImmutableList());
    }
}
