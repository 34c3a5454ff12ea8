package io.registrator.plan;

import io.registrator.model.ObservedService;
import io.registrator.model.ServiceDefinition;

/** Whether a registry shows what a definition asks for. Checks are not shown; the hash in the metadata stands for them. */
final class Comparison {
    private Comparison() {}

    static boolean same(ServiceDefinition desired, ObservedService observed) {
        return desired.name().equals(observed.name())
                && desired.address().equals(observed.address())
                && desired.port() == observed.port()
                && desired.meta().equals(observed.meta())
                && desired.taggedAddresses().equals(observed.taggedAddresses())
                && desired.weights().equals(observed.weights())
                && desired.enableTagOverride() == observed.enableTagOverride()
                && (desired.enableTagOverride() || desired.tags().equals(observed.tags()));
    }
}
