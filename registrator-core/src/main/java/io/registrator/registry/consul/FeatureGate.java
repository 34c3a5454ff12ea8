package io.registrator.registry.consul;

import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps from the agent what it does not know, and says so once per service and field. */
final class FeatureGate {
    private static final Logger LOG = LoggerFactory.getLogger(FeatureGate.class);

    private final AgentVersions versions;
    private final Set<LeftOut> said = ConcurrentHashMap.newKeySet();

    FeatureGate(AgentVersions versions) {
        this.versions = versions;
    }

    private record LeftOut(ServiceId service, Feature feature) {}

    /** What of the service has to be left out. Asks the agent for its version only if the service needs a gated field. */
    Set<Feature> leftOut(ServiceDefinition service) throws IOException {
        Set<Feature> leftOut = EnumSet.noneOf(Feature.class);
        for (Feature feature : Feature.usedBy(service)) {
            if (!versions.current().isAtLeast(feature.since())) {
                leftOut.add(feature);
                say(service, feature);
            }
        }
        return leftOut;
    }

    /** The service is gone; should it come back, what is left out is said again. */
    void forget(ServiceId service) {
        said.removeIf(leftOut -> leftOut.service().equals(service));
    }

    private void say(ServiceDefinition service, Feature feature) {
        if (said.add(new LeftOut(service.id(), feature))) {
            LOG.warn(
                    "{}: service {} is registered without the check field {}, which this Consul agent does not know;"
                            + " it needs Consul {} or newer",
                    service.container(),
                    service.id(),
                    feature.field(),
                    feature.since());
        }
    }
}
