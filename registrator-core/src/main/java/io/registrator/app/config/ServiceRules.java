package io.registrator.app.config;

import com.google.common.net.InetAddresses;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says about how containers become services.
 *
 * @param ip address of published ports; null to find it out
 * @param internal whether exposed ports are registered with the container's own address
 * @param allBindings whether a port with several bindings is registered with each, or with the first alone
 * @param explicit whether only ports with a name attribute are registered
 * @param prefix of the keys in environment and labels
 * @param tags added to every service, split at commas, or a Go template; empty for none
 * @param allowTemplateHttp whether templates may fetch texts from the web
 * @param useIpFromLabel the label that holds a container's address; null for none
 * @param network name or CIDR of the network whose address counts in internal mode; null for the default order
 * @param defaultTcpCheck whether a TCP port without a check of its own gets a TCP check
 * @param filters which containers are looked at, each as the derivation's filters are written
 * @param allowScriptChecks whether containers may ask for commands to be run on the agent's host
 */
public record ServiceRules(
        @Nullable String ip,
        boolean internal,
        boolean allBindings,
        boolean explicit,
        String prefix,
        String tags,
        boolean allowTemplateHttp,
        @Nullable String useIpFromLabel,
        @Nullable String network,
        boolean defaultTcpCheck,
        List<String> filters,
        boolean allowScriptChecks) {

    public ServiceRules {
        filters = List.copyOf(filters);
        if (ip != null && !InetAddresses.isInetAddress(ip)) {
            throw new ConfigException("Cannot use -ip '" + ip + "': write an IP address, such as 192.0.2.10");
        }
        if (ip != null && InetAddresses.forString(ip).isAnyLocalAddress()) {
            throw new ConfigException(
                    "Cannot use -ip '" + ip + "': nobody can connect to it; write the address that clients use");
        }
        if (prefix.isBlank() || !prefix.matches("[A-Za-z0-9_.-]+")) {
            throw new ConfigException("Cannot use -prefix '" + prefix + "': write something like SERVICE_");
        }
    }
}
