package io.registrator.testing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSortedMap;
import io.registrator.model.CheckDefinition;
import io.registrator.model.CheckStatus;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerRef;
import io.registrator.model.Probe;
import io.registrator.model.Secret;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.model.Weights;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds service definitions, of which a test says only the part that it is about. */
public final class TestServices {
    public static final ContainerRef CONTAINER = new ContainerRef(new ContainerId("4c01db0b339c4c01db0b339c"), "web");

    private final ServiceId id;
    private String name = "web";
    private ImmutableList<String> tags = ImmutableList.of();
    private String address = "10.0.0.7";
    private int port = 8080;
    private ImmutableSortedMap<String, String> taggedAddresses = ImmutableSortedMap.of();
    private ImmutableSortedMap<String, String> meta = ImmutableSortedMap.of();
    private ImmutableList<CheckDefinition> checks = ImmutableList.of();
    private Weights weights = Weights.DEFAULT;
    private boolean enableTagOverride;
    private @Nullable Secret token;

    private TestServices(ServiceId id) {
        this.id = id;
    }

    /** A service {@code web} at 10.0.0.7:8080, without checks. */
    public static TestServices web(String id) {
        return new TestServices(new ServiceId(id));
    }

    public ServiceDefinition definition() {
        return new ServiceDefinition(
                id,
                name,
                tags,
                address,
                port,
                taggedAddresses,
                meta,
                checks,
                weights,
                enableTagOverride,
                token,
                CONTAINER);
    }

    public TestServices name(String name) {
        this.name = name;
        return this;
    }

    public TestServices tags(String... tags) {
        this.tags = ImmutableList.copyOf(tags);
        return this;
    }

    public TestServices at(String address, int port) {
        this.address = address;
        this.port = port;
        return this;
    }

    public TestServices taggedAddresses(Map<String, String> taggedAddresses) {
        this.taggedAddresses = ImmutableSortedMap.copyOf(taggedAddresses);
        return this;
    }

    public TestServices meta(Map<String, String> meta) {
        this.meta = ImmutableSortedMap.copyOf(meta);
        return this;
    }

    public TestServices checks(CheckDefinition... checks) {
        this.checks = ImmutableList.copyOf(checks);
        return this;
    }

    public TestServices weights(int passing, int warning) {
        this.weights = new Weights(passing, warning);
        return this;
    }

    public TestServices enableTagOverride() {
        this.enableTagOverride = true;
        return this;
    }

    public TestServices token(String token) {
        this.token = new Secret(token);
        return this;
    }

    /** A check that runs so rarely that it stays as it is while a test looks. */
    public static CheckDefinition check(Probe probe, @Nullable CheckStatus initialStatus) {
        return new CheckDefinition(probe.kind(), probe, Duration.ofHours(1), null, initialStatus, null, 0, 0, 0);
    }

    public static Probe.Http http(String url) {
        return new Probe.Http(url, "", ImmutableListMultimap.of(), "", false, "");
    }
}
