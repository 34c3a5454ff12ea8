package io.registrator.net.host;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.net.InetAddresses;
import io.registrator.model.Failure;
import io.registrator.model.HostAddress;
import io.registrator.model.Outcome;
import io.registrator.net.host.HostNetwork.Resolved;
import io.registrator.net.host.Namespace.Kind;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Collections;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The host's address where none is given. The first of these that gives one:
 *
 * <ol>
 *   <li>what the engine host's name resolves to; in a container of its own network not an address of our own: one that was
 *       started with the host's name ({@code -h $HOSTNAME}) resolves that name to itself;
 *   <li>the source address of the default route, where this is {@linkplain NamespaceRule known} to be the host's network
 *       namespace;
 *   <li>what the registry's agent advertises; in a container not an address of that container's network, which would be the
 *       agent's own container.
 * </ol>
 *
 * A wildcard, loopback, link-local or multicast address is passed over each time: nobody else could reach it. Whoever has to
 * be asked and does not answer is waited for, and one that refuses is named: the next way is not taken for that.
 *
 * <p>Beside an IPv4 address goes an IPv6 one, for ports that are published on IPv6 alone: of the same answer, or else the source
 * address of the default route where the first two ways allow it. Nobody is asked for its sake.
 *
 * <p>Asked again, it stays with what it found while that is among the answers, and does not fall back to a later way, or from
 * IPv4 to IPv6, unless the address was on one of our interfaces and no longer is: a resolver that is away for a moment must not
 * move services. For one thread at a time.
 */
public final class HostAddressRule {
    private final String nodeName;
    private final HostNetwork network;
    private final Supplier<Outcome<Namespace>> namespace;
    private final @Nullable Supplier<Outcome<String>> agent;
    private @Nullable Choice last;
    private @Nullable Choice lastIpv6;

    /**
     * Asks nobody yet.
     *
     * @param nodeName the engine host's name
     * @param namespace asked when it matters
     * @param agent asks for the address that the registry's agent tells its cluster; null where there is no agent
     */
    public HostAddressRule(
            String nodeName,
            HostNetwork network,
            Supplier<Outcome<Namespace>> namespace,
            @Nullable Supplier<Outcome<String>> agent) {
        this.nodeName = nodeName;
        this.network = network;
        this.namespace = namespace;
        this.agent = agent;
    }

    private enum Way {
        NAME("what the name %s resolves to"),
        ROUTE("the source address of the default route"),
        AGENT("the address that the agent advertises");

        private final String source;

        Way(String source) {
            this.source = source;
        }
    }

    /** @param isOurs whether one of our interfaces had it */
    private record Choice(Way way, InetAddress address, boolean isOurs) {
        private boolean isIpv6() {
            return address instanceof Inet6Address;
        }

        /** It was one of our interfaces', and no longer is. */
        private boolean hasLeft(ImmutableSet<InetAddress> own) {
            return isOurs && !own.contains(address);
        }

        private boolean isBehind(Choice other) {
            return way == other.way ? isIpv6() && !other.isIpv6() : way.compareTo(other.way) > 0;
        }
    }

    /** Asks anew, as far as it is needed. */
    public HostAddress find() {
        Resolved resolved = network.resolve(nodeName);
        ImmutableSet<InetAddress> own = network.ownAddresses();
        ImmutableList<InetAddress> usable = reachable(resolved.addresses());
        if (!usable.isEmpty() && Collections.disjoint(usable, own)) {
            return take(Way.NAME, usable, ImmutableList.of(), own);
        }
        return switch (namespace.get()) {
            case Outcome.Success<Namespace>(Namespace here) -> find(resolved, usable, own, here);
            case Outcome.Failed<Namespace>(Failure why) ->
                unknown(
                        why,
                        nameSaid(resolved, usable),
                        "whether this is the host's network namespace → " + why.message());
        };
    }

    private HostAddress find(
            Resolved resolved, ImmutableList<InetAddress> usable, ImmutableSet<InetAddress> own, Namespace here) {
        ImmutableList<InetAddress> named = usable.stream()
                .filter(address -> here.kind() != Kind.CONTAINER || !own.contains(address))
                .collect(toImmutableList());
        ImmutableList<InetAddress> routed =
                here.kind() == Kind.HOST ? reachable(network.defaultRouteSources()) : ImmutableList.of();
        if (!named.isEmpty()) {
            return take(Way.NAME, named, routed, own);
        }
        return routed.isEmpty()
                ? byAgent(own, here, nameSaid(resolved, usable), routeSaid(here))
                : take(Way.ROUTE, routed, routed, own);
    }

    private HostAddress byAgent(ImmutableSet<InetAddress> own, Namespace here, String name, String route) {
        if (agent == null) {
            return new HostAddress.NotFound(joined(name, route));
        }
        return switch (agent.get()) {
            case Outcome.Failed<String>(Failure why) ->
                unknown(why, name, route, "the agent's advertised address → " + why.message());
            case Outcome.Success<String>(String told) -> {
                ImmutableList<InetAddress> advertised = InetAddresses.isInetAddress(told)
                        ? reachable(ImmutableList.of(InetAddresses.forString(told)))
                        : ImmutableList.of();
                boolean isContainers =
                        here.kind() == Kind.CONTAINER && advertised.stream().anyMatch(network::isNeighbour);
                yield advertised.isEmpty() || isContainers
                        ? new HostAddress.NotFound(joined(name, route, agentSaid(told, isContainers)))
                        : take(Way.AGENT, advertised, ImmutableList.of(), own);
            }
        };
    }

    /** @param routed what the default route says, for an IPv6 address that is not among the candidates */
    private HostAddress take(
            Way way,
            ImmutableList<InetAddress> candidates,
            ImmutableList<InetAddress> routed,
            ImmutableSet<InetAddress> own) {
        Choice found = choice(way, candidates, last, own);
        if (last == null || !found.isBehind(last) || last.hasLeft(own)) {
            last = found;
        }
        takeIpv6(way, candidates, routed, own);
        return last.isIpv6() || lastIpv6 == null ? known(last, null) : known(last, known(lastIpv6, null));
    }

    private void takeIpv6(
            Way way,
            ImmutableList<InetAddress> candidates,
            ImmutableList<InetAddress> routed,
            ImmutableSet<InetAddress> own) {
        ImmutableList<InetAddress> ofWay = ipv6Among(candidates);
        ImmutableList<InetAddress> ofRoute = ipv6Among(routed);
        if (lastIpv6 != null && lastIpv6.hasLeft(own)) {
            lastIpv6 = null;
        }
        if (!ofWay.isEmpty() || !ofRoute.isEmpty()) {
            Choice found =
                    ofWay.isEmpty() ? choice(Way.ROUTE, ofRoute, lastIpv6, own) : choice(way, ofWay, lastIpv6, own);
            lastIpv6 = lastIpv6 == null || !found.isBehind(lastIpv6) ? found : lastIpv6;
        }
    }

    private static Choice choice(
            Way way, ImmutableList<InetAddress> candidates, @Nullable Choice before, ImmutableSet<InetAddress> own) {
        InetAddress address =
                before != null && candidates.contains(before.address()) ? before.address() : best(candidates);
        return new Choice(way, address, own.contains(address));
    }

    private HostAddress.Known known(Choice choice, HostAddress.@Nullable Known ipv6) {
        return new HostAddress.Known(
                InetAddresses.toAddrString(choice.address()),
                choice.way().source.formatted(nodeName),
                ipv6);
    }

    /** IPv4 before IPv6, else in the resolver's order. */
    private static InetAddress best(ImmutableList<InetAddress> candidates) {
        return Stream.concat(candidates.stream().filter(Inet4Address.class::isInstance), candidates.stream())
                .findFirst()
                .orElseThrow();
    }

    private static ImmutableList<InetAddress> ipv6Among(ImmutableList<InetAddress> candidates) {
        return candidates.stream().filter(Inet6Address.class::isInstance).collect(toImmutableList());
    }

    private static ImmutableList<InetAddress> reachable(ImmutableList<InetAddress> addresses) {
        return addresses.stream().filter(HostAddressRule::isReachable).collect(toImmutableList());
    }

    private static boolean isReachable(InetAddress address) {
        return !address.isAnyLocalAddress()
                && !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isMulticastAddress();
    }

    private static HostAddress unknown(Failure why, String... said) {
        return switch (why) {
            case Failure.Transient away -> new HostAddress.Awaited(joined(said));
            case Failure.Rejected no -> new HostAddress.NotFound(joined(said));
        };
    }

    private String nameSaid(Resolved resolved, ImmutableList<InetAddress> usable) {
        String asked = "the name '" + nodeName + "' → ";
        if (resolved.addresses().isEmpty()) {
            return asked + resolved.trouble();
        }
        return usable.isEmpty()
                ? asked + text(resolved.addresses()) + ", which no other host reaches"
                : asked + text(usable) + ", which is our own";
    }

    private static String routeSaid(Namespace here) {
        return switch (here.kind()) {
            case HOST -> "the default route → none that other hosts reach";
            case CONTAINER ->
                "the default route → not asked, as this is not the host's network namespace: " + here.because();
            case UNKNOWN ->
                "the default route → not asked, as nothing shows that this is the host's network namespace: "
                        + here.because();
        };
    }

    private static String agentSaid(String told, boolean isContainers) {
        return "the agent's advertised address → "
                + (told.isEmpty()
                        ? "none"
                        : told + (isContainers ? ", on this container's network" : ", which no other host reaches"));
    }

    private static String text(ImmutableList<InetAddress> addresses) {
        return addresses.stream().map(InetAddresses::toAddrString).collect(joining(", "));
    }

    private static String joined(String... said) {
        return String.join("; ", said);
    }
}
