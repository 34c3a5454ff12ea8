package io.registrator.plan;

import io.registrator.model.ContainerId;

/**
 * What is known of other node IDs: whether this host was called so before. That is proven where a service with that owner is of
 * a container that runs on our engine, since the IDs of containers are unique.
 */
public interface FormerNodes {
    /** Of a host that always had its node ID. */
    FormerNodes NONE = new FormerNodes() {
        @Override
        public boolean wasCalled(String node) {
            return false;
        }

        @Override
        public boolean givesServices(ContainerId container) {
            return false;
        }
    };

    /** Whether this host was called so, and nobody is called so any more. */
    boolean wasCalled(String node);

    /** Whether this running container gives services of ours, which take the place of those with another owner. */
    boolean givesServices(ContainerId container);
}
