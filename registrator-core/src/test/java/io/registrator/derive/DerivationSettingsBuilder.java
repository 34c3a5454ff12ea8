package io.registrator.derive;

import com.google.common.collect.ImmutableList;
import io.registrator.model.HostAddress;
import org.jspecify.annotations.Nullable;

/** Settings as without any flag, published mode with the default TCP check, and then one by one. */
public final class DerivationSettingsBuilder {
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

    private DerivationSettingsBuilder(String nodeId, HostAddress hostAddress) {
        this.nodeId = nodeId;
        this.hostAddress = hostAddress;
    }

    public static DerivationSettingsBuilder of(String nodeId, String hostAddress) {
        return of(nodeId, new HostAddress.Known(hostAddress, ""));
    }

    /** The same where the host's address may not be known. */
    public static DerivationSettingsBuilder of(String nodeId, HostAddress hostAddress) {
        return new DerivationSettingsBuilder(nodeId, hostAddress);
    }

    public DerivationSettingsBuilder ip(@Nullable String address) {
        ip = address;
        return this;
    }

    public DerivationSettingsBuilder internal(boolean on) {
        internal = on;
        return this;
    }

    public DerivationSettingsBuilder allBindings(boolean on) {
        allBindings = on;
        return this;
    }

    public DerivationSettingsBuilder explicit(boolean on) {
        explicit = on;
        return this;
    }

    public DerivationSettingsBuilder prefix(String text) {
        prefix = text;
        return this;
    }

    public DerivationSettingsBuilder tags(String text) {
        tags = text;
        return this;
    }

    public DerivationSettingsBuilder useIpFromLabel(@Nullable String label) {
        useIpFromLabel = label;
        return this;
    }

    public DerivationSettingsBuilder network(@Nullable String nameOrCidr) {
        network = nameOrCidr;
        return this;
    }

    public DerivationSettingsBuilder defaultTcpCheck(boolean on) {
        defaultTcpCheck = on;
        return this;
    }

    public DerivationSettingsBuilder allowScriptChecks(boolean on) {
        allowScriptChecks = on;
        return this;
    }

    public DerivationSettingsBuilder filters(ImmutableList<ContainerFilter> ofContainers) {
        filters = ofContainers;
        return this;
    }

    public DerivationSettingsBuilder lifecycle(LifecycleDefaults ofServices) {
        lifecycle = ofServices;
        return this;
    }

    public DerivationSettingsBuilder heartbeat(@Nullable Heartbeat ofEveryService) {
        heartbeat = ofEveryService;
        return this;
    }

    public DerivationSettings build() {
        ServiceRules rules = new ServiceRules(
                ip,
                internal,
                allBindings,
                explicit,
                prefix,
                tags,
                false,
                useIpFromLabel,
                network,
                defaultTcpCheck,
                filters,
                allowScriptChecks);
        return new DerivationSettings(nodeId, hostAddress, rules, lifecycle, heartbeat);
    }
}
