package io.registrator.registry.memory;

import io.registrator.reconcile.ServiceRegistry;
import io.registrator.reconcile.ServiceRegistryContract;

class InMemoryRegistryTest extends ServiceRegistryContract {
    private final ServiceRegistry registry = new InMemoryRegistry();

    @Override
    protected ServiceRegistry registry() {
        return registry;
    }
}
