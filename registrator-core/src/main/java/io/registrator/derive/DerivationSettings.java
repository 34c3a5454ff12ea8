package io.registrator.derive;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import io.registrator.derive.template.Template;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.HostAddress;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the whole daemon is told about services. Checks itself: every value can be used as it is.
 *
 * @param nodeId the first part of every service ID
 * @param hostAddress where published ports answer; services that need it wait while it is not known
 * @param ip {@code -ip}: used instead of it, and instead of a binding's own host IP
 * @param internal {@code -internal}: containers' own addresses and exposed ports
 * @param allBindings {@code -bindings all}: a port with several bindings is registered with each
 * @param explicit {@code -explicit}: only ports that have a name attribute
 * @param prefix what metadata keys start with, {@code SERVICE_}
 * @param tags {@code -tags}: tags for every service, split at commas, or a Go template that gives them; empty for none
 * @param useIpFromLabel {@code -useIpFromLabel}: the label that holds a container's address
 * @param network {@code -network}: the network, by name or CIDR, whose addresses internal services have
 * @param defaultTcpCheck whether a TCP port that asks for no check gets a TCP check
 * @param allowScriptChecks whether containers may ask for commands to be run on the agent's host
 * @param filters {@code -filter}: which containers are looked at
 * @param lifecycle when services enter discovery and leave it
 * @param heartbeat {@code -ttl}: gives every service a check that goes critical without the daemon; null for none
 */
public record DerivationSettings(
        String nodeId,
        HostAddress hostAddress,
        @Nullable String ip,
        boolean internal,
        boolean allBindings,
        boolean explicit,
        String prefix,
        String tags,
        @Nullable String useIpFromLabel,
        @Nullable String network,
        boolean defaultTcpCheck,
        boolean allowScriptChecks,
        ImmutableList<ContainerFilter> filters,
        LifecycleDefaults lifecycle,
        @Nullable Heartbeat heartbeat) {

    private static final Pattern NODE_ID = Pattern.compile("[A-Za-z0-9._:-]+");

    public DerivationSettings {
        checkArgument(NODE_ID.matcher(nodeId).matches(), "a node ID holds only A-Z a-z 0-9 . _ : -, not %s", nodeId);
        checkArgument(ip == null || IpAddresses.isSpecific(ip), "-ip is an IP address, not %s", ip);
        hostAddress = hostAddress instanceof HostAddress.Known known ? normalized(known) : hostAddress;
        ip = ip == null ? null : IpAddresses.specific(ip).orElseThrow();
        if (Template.hasAction(tags)) {
            var unused = TagTemplates.parse(tags);
        }
        checkArgument(!prefix.isEmpty(), "the prefix of metadata keys is not empty");
        checkArgument(
                network == null || NetworkSelector.parse(network).isPresent(),
                "-network is a network's name or a CIDR like 10.1.0.0/16, not %s",
                network);
    }

    private static HostAddress.Known normalized(HostAddress.Known known) {
        String address = IpAddresses.specific(known.address()).orElse(null);
        checkArgument(address != null, "the host's address is an IP address, not %s", known.address());
        HostAddress.Known ipv6 = known.ipv6();
        return new HostAddress.Known(address, known.source(), ipv6 == null ? null : normalized(ipv6));
    }

    /** Settings as without any flag: published mode, with the default TCP check. */
    public static Builder builder(String nodeId, String hostAddress) {
        return builder(nodeId, new HostAddress.Known(hostAddress, ""));
    }

    /** The same where the host's address may not be known. */
    public static Builder builder(String nodeId, HostAddress hostAddress) {
        return new Builder(nodeId, hostAddress);
    }

    /** The same with what is now known of the host's address. */
    public DerivationSettings withHostAddress(HostAddress found) {
        return new DerivationSettings(
                nodeId,
                found,
                ip,
                internal,
                allBindings,
                explicit,
                prefix,
                tags,
                useIpFromLabel,
                network,
                defaultTcpCheck,
                allowScriptChecks,
                filters,
                lifecycle,
                heartbeat);
    }

    /** Whether a template may ask to see all that the engine says of this container. */
    public boolean needsDocument(ContainerSnapshot container) {
        return Template.hasAction(tags) || Metadata.has(TagTemplates.ATTRIBUTE, container, prefix);
    }

    /**
     * The address of what is published on all of the host's addresses.
     *
     * @throws IllegalStateException while it is not known
     */
    String publishedAddress() {
        if (ip != null) {
            return ip;
        }
        if (hostAddress instanceof HostAddress.Known known) {
            return known.address();
        }
        throw new IllegalStateException("the host's address is " + hostAddress.text());
    }

    /** The IPv6 address beside an IPv4 one for what is published on all of the host's IPv6 addresses alone. */
    Optional<HostAddress.Known> publishedIpv6() {
        return ip == null && hostAddress instanceof HostAddress.Known known
                ? Optional.ofNullable(known.ipv6())
                : Optional.empty();
    }

    boolean knowsHostAddress() {
        return ip != null || hostAddress instanceof HostAddress.Known;
    }

    /** Collects settings one by one. */
    public static final class Builder {
        private final String nodeId;
        private final HostAddress hostAddress;
        private @Nullable String ip;
        private boolean internal;
        private boolean allBindings;
        private boolean explicit;
        private String prefix = "SERVICE_";
        private String tags = "";
        private @Nullable String useIpFromLabel;
        private @Nullable String network;
        private boolean defaultTcpCheck = true;
        private boolean allowScriptChecks;
        private ImmutableList<ContainerFilter> filters = ImmutableList.of();
        private LifecycleDefaults lifecycle = LifecycleDefaults.STANDARD;
        private @Nullable Heartbeat heartbeat;

        private Builder(String nodeId, HostAddress hostAddress) {
            this.nodeId = nodeId;
            this.hostAddress = hostAddress;
        }

        public Builder ip(@Nullable String address) {
            ip = address;
            return this;
        }

        public Builder internal(boolean on) {
            internal = on;
            return this;
        }

        public Builder allBindings(boolean on) {
            allBindings = on;
            return this;
        }

        public Builder explicit(boolean on) {
            explicit = on;
            return this;
        }

        public Builder prefix(String text) {
            prefix = text;
            return this;
        }

        public Builder tags(String text) {
            tags = text;
            return this;
        }

        public Builder useIpFromLabel(@Nullable String label) {
            useIpFromLabel = label;
            return this;
        }

        public Builder network(@Nullable String nameOrCidr) {
            network = nameOrCidr;
            return this;
        }

        public Builder defaultTcpCheck(boolean on) {
            defaultTcpCheck = on;
            return this;
        }

        public Builder allowScriptChecks(boolean on) {
            allowScriptChecks = on;
            return this;
        }

        public Builder filters(ImmutableList<ContainerFilter> ofContainers) {
            filters = ofContainers;
            return this;
        }

        public Builder lifecycle(LifecycleDefaults ofServices) {
            lifecycle = ofServices;
            return this;
        }

        public Builder heartbeat(@Nullable Heartbeat ofEveryService) {
            heartbeat = ofEveryService;
            return this;
        }

        public DerivationSettings build() {
            return new DerivationSettings(
                    nodeId,
                    hostAddress,
                    ip,
                    internal,
                    allBindings,
                    explicit,
                    prefix,
                    tags,
                    useIpFromLabel,
                    network,
                    defaultTcpCheck,
                    allowScriptChecks,
                    filters,
                    lifecycle,
                    heartbeat);
        }
    }
}
