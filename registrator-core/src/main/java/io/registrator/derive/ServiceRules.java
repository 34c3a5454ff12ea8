package io.registrator.derive;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import io.registrator.derive.template.Template;
import org.jspecify.annotations.Nullable;

/**
 * How containers become services, one component an option. Checks itself; an {@link IllegalArgumentException} names the option.
 *
 * @param ip {@code -ip}: used instead of the host's address and of a binding's own host IP; null to find it out
 * @param internal {@code -internal}: containers' own addresses and exposed ports
 * @param allBindings {@code -bindings all}: a port with several bindings is registered with each
 * @param explicit {@code -explicit}: only ports that have a name attribute
 * @param prefix {@code -prefix}: what metadata keys start with
 * @param tags {@code -tags}: tags for every service, split at commas, or a Go template that gives them; empty for none
 * @param allowTemplateHttp {@code -allow-template-http}: whether templates may fetch texts from the web
 * @param useIpFromLabel {@code -useIpFromLabel}: the label that holds a container's address; null for none
 * @param network {@code -network}: the network, by name or CIDR, whose addresses internal services have; null for the default order
 * @param defaultTcpCheck {@code -check}: whether a TCP port that asks for no check gets a TCP check
 * @param filters {@code -filter}: which containers are looked at
 * @param allowScriptChecks {@code -allow-script-checks}: whether containers may ask for commands to be run on the agent's host
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
        ImmutableList<ContainerFilter> filters,
        boolean allowScriptChecks) {

    public ServiceRules {
        if (ip != null) {
            checkArgument(
                    InetAddresses.isInetAddress(ip), "-ip cannot be '%s': write an IP address, such as 192.0.2.10", ip);
            checkArgument(
                    IpAddresses.isSpecific(ip),
                    "-ip cannot be '%s', to which nobody can connect: write the address that clients use",
                    ip);
            ip = IpAddresses.specific(ip).orElseThrow();
        }
        checkArgument(
                prefix.matches("[A-Za-z0-9_.-]+"), "-prefix cannot be '%s': write something like SERVICE_", prefix);
        if (Template.hasAction(tags)) {
            var unused = TagTemplates.parse(tags);
        }
        checkArgument(
                network == null || NetworkSelector.parse(network).isPresent(),
                "-network cannot be '%s': write a network's name or a CIDR like 10.1.0.0/16",
                network);
    }
}
