package io.registrator.derive;

import static com.google.common.base.Preconditions.checkArgument;

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
 * @param rules how containers become services
 * @param lifecycle when services enter discovery and leave it
 * @param heartbeat {@code -ttl}: gives every service a check that goes critical without the daemon; null for none
 */
public record DerivationSettings(
        String nodeId,
        HostAddress hostAddress,
        ServiceRules rules,
        LifecycleDefaults lifecycle,
        @Nullable Heartbeat heartbeat) {

    private static final Pattern NODE_ID = Pattern.compile("[A-Za-z0-9._:-]+");

    public DerivationSettings {
        checkArgument(NODE_ID.matcher(nodeId).matches(), "a node ID holds only A-Z a-z 0-9 . _ : -, not %s", nodeId);
        hostAddress = hostAddress instanceof HostAddress.Known known ? normalized(known) : hostAddress;
    }

    private static HostAddress.Known normalized(HostAddress.Known known) {
        String address = IpAddresses.specific(known.address()).orElse(null);
        checkArgument(address != null, "the host's address is an IP address, not %s", known.address());
        HostAddress.Known ipv6 = known.ipv6();
        return new HostAddress.Known(address, known.source(), ipv6 == null ? null : normalized(ipv6));
    }

    /** The same with what is now known of the host's address. */
    public DerivationSettings withHostAddress(HostAddress found) {
        return new DerivationSettings(nodeId, found, rules, lifecycle, heartbeat);
    }

    /** Whether a template may ask to see all that the engine says of this container. */
    public boolean needsDocument(ContainerSnapshot container) {
        return Template.hasAction(rules.tags()) || Metadata.has(TagTemplates.ATTRIBUTE, container, rules.prefix());
    }

    /**
     * The address of what is published on all of the host's addresses.
     *
     * @throws IllegalStateException while it is not known
     */
    String publishedAddress() {
        if (rules.ip() != null) {
            return rules.ip();
        }
        if (hostAddress instanceof HostAddress.Known known) {
            return known.address();
        }
        throw new IllegalStateException("the host's address is " + hostAddress.text());
    }

    /** The IPv6 address beside an IPv4 one for what is published on all of the host's IPv6 addresses alone. */
    Optional<HostAddress.Known> publishedIpv6() {
        return rules.ip() == null && hostAddress instanceof HostAddress.Known known
                ? Optional.ofNullable(known.ipv6())
                : Optional.empty();
    }

    boolean knowsHostAddress() {
        return rules.ip() != null || hostAddress instanceof HostAddress.Known;
    }
}
