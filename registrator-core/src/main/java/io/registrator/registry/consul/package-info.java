/**
 * The local Consul agent as a registry. {@link io.registrator.registry.consul.ConsulRegistry} is the way in; {@code AgentApi} knows
 * the agent's endpoints, {@code ServiceWriter} how a service is updated without harm, {@code AgentObserver} how a lost agent
 * is noticed.
 */
@NullMarked
package io.registrator.registry.consul;

import org.jspecify.annotations.NullMarked;
