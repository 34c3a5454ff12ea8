package io.registrator.ops.observe;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import io.registrator.derive.ContainerDerivation;
import io.registrator.derive.DerivedService;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerPort;
import io.registrator.model.ContainerRef;
import io.registrator.model.Drain;
import io.registrator.model.Lifecycle;
import io.registrator.model.ObservedService;
import io.registrator.model.RegisterOn;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.model.Weights;
import io.registrator.plan.Decision;
import java.time.Duration;
import java.util.Arrays;

/** What a loop would tell. */
final class Occurrences {
    static final ContainerRef WEB = new ContainerRef(new ContainerId("c0ffee"), "web");

    private static final Lifecycle LIFECYCLE =
            new Lifecycle(RegisterOn.START, ImmutableList.of(), Duration.ofMinutes(1), Drain.DEREGISTER, null);

    private Occurrences() {}

    static ServiceDefinition service(ContainerRef container, String id) {
        return new ServiceDefinition(
                new ServiceId(id),
                "web",
                ImmutableList.of(),
                "10.0.0.1",
                32_768,
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                ImmutableList.of(),
                Weights.DEFAULT,
                false,
                null,
                container);
    }

    /** A container that gives a service for each of these IDs, on ports from 80 on. */
    static ContainerDerivation derivation(ContainerRef container, String... ids) {
        ImmutableList.Builder<DerivedService> services = ImmutableList.builder();
        for (int i = 0; i < ids.length; i++) {
            services.add(new DerivedService(
                    ContainerPort.tcp(80 + i),
                    service(container, ids[i]),
                    LIFECYCLE,
                    ImmutableMap.of("id", "default")));
        }
        return new ContainerDerivation(container, services.build(), ImmutableList.of(), ImmutableList.of());
    }

    static Decision.Register register(String id) {
        return new Decision.Register(service(WEB, id), Decision.Register.Why.MISSING);
    }

    static Decision.Deregister deregister(String id) {
        return new Decision.Deregister(service(WEB, id).asObserved(), Decision.Deregister.Why.STALE);
    }

    static ImmutableMap<ServiceId, ObservedService> listing(ServiceDefinition... services) {
        return Arrays.stream(services)
                .collect(ImmutableMap.toImmutableMap(ServiceDefinition::id, ServiceDefinition::asObserved));
    }
}
