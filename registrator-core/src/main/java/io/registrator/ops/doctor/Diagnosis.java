package io.registrator.ops.doctor;

import static java.util.stream.Collectors.joining;

import com.google.common.net.InetAddresses;
import io.registrator.model.ServiceId;
import io.registrator.ops.doctor.Finding.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The rules by which something is wrong, and the words for it. */
public final class Diagnosis {
    /** The engine tells its time to the second, and takes a moment to answer. */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    private static final int SHOWN = 5;

    private Diagnosis() {}

    public static Finding engineUnreachable(String message) {
        return new Finding(
                Code.ENGINE_UNREACHABLE,
                message,
                "without the engine nothing is known of containers, and nothing is registered",
                "make sure that it runs, that DOCKER_HOST names it, and that this user may use its socket");
    }

    public static Finding noHostAddress(String message) {
        return new Finding(
                Code.NO_HOST_ADDRESS,
                message,
                "services on published ports, and of containers on the host's network, wait until it is known",
                "pass -ip with this host's address, or let the host's name resolve to it");
    }

    /** @param source where the address is from */
    public static Optional<Finding> address(String address, String source) {
        return InetAddresses.isInetAddress(address)
                        && InetAddresses.forString(address).isLoopbackAddress()
                ? Optional.of(new Finding(
                        Code.LOOPBACK_ADDRESS,
                        "published ports are registered with the loopback address " + address + " (" + source + ")",
                        "every other host that looks them up is led to itself",
                        "pass -ip with an address that others reach"))
                : Optional.empty();
    }

    public static Finding registryUnreachable(String message) {
        return new Finding(
                Code.REGISTRY_UNREACHABLE,
                message,
                "changes wait until it answers",
                "make sure that the agent runs, and that the registry URI and the CONSUL_… variables are right");
    }

    public static Finding noLeader() {
        return new Finding(
                Code.NO_LEADER,
                "the Consul cluster has no leader",
                "the agent takes registrations, but nobody else hears of them",
                "look at the servers: consul operator raft list-peers");
    }

    public static Finding tokenUnknown(String message) {
        return new Finding(
                Code.TOKEN_UNKNOWN,
                message,
                "Consul refuses everything that is asked with a token that it does not know",
                "set CONSUL_HTTP_TOKEN or CONSUL_HTTP_TOKEN_FILE to the SecretID of a token that exists");
    }

    /**
     * @param rules those that the token's policy lacks, or of those who come without one
     * @param hasToken whether there is a token
     */
    public static Finding missingRights(Collection<String> rules, boolean hasToken) {
        String count = rules.size() + (rules.size() == 1 ? " rule" : " rules");
        return new Finding(
                Code.MISSING_RIGHTS,
                hasToken
                        ? "the Consul token lacks rights: " + count
                        : "no Consul token is given, and without one rights are missing: " + count,
                "what it may not do is refused, or silently shown as empty",
                (hasToken
                                ? "add to its policy: "
                                : "set CONSUL_HTTP_TOKEN or CONSUL_HTTP_TOKEN_FILE to a token with the policy: ")
                        + String.join(" ", rules));
    }

    /** @param mistakes containers with the keys that keep services of theirs out */
    public static Optional<Finding> mistakes(Collection<String> mistakes) {
        return mistakes.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding(
                        Code.MISTAKEN_CONTAINERS,
                        "containers with mistakes that keep services out: " + some(mistakes),
                        "those services are not registered",
                        "registrator explain CONTAINER says what is wrong, and what to write instead"));
    }

    /** @param unaddressed containers with the ports that have no address to be registered with */
    public static Optional<Finding> unaddressed(Collection<String> unaddressed) {
        return unaddressed.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding(
                        Code.NO_SERVICE_ADDRESS,
                        "containers without an address to register: " + some(unaddressed),
                        "those services are not registered",
                        "registrator explain CONTAINER says which network is asked for, and which there are"));
    }

    /** @param taken IDs that we want, and others have */
    public static Optional<Finding> taken(Collection<String> taken) {
        return taken.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding(
                        Code.TAKEN_IDS,
                        "service IDs that are taken: " + some(taken),
                        "an ID has one service; who comes later is not registered",
                        "give each its own SERVICE_ID, or remove what has it"));
    }

    /** @param names that DNS cannot hold */
    public static Optional<Finding> unsafeNames(Collection<String> names) {
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding(
                        Code.UNSAFE_NAMES,
                        "service names that DNS cannot hold: " + some(names),
                        "Consul takes them, but nobody can look them up over DNS",
                        "give SERVICE_NAME at most 63 letters, digits and hyphens"));
    }

    /** @param services that carry our node ID, of containers that this engine does not have */
    public static Optional<Finding> strangers(String nodeId, Collection<ServiceId> services) {
        return services.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding(
                        Code.SAME_NODE_ID,
                        "services with our node ID " + nodeId + ", of containers that this engine does not have: "
                                + some(services),
                        "either they are leftovers of a time when no registrator ran, or a registrator for another"
                                + " engine has the same node ID, and the two remove each other's services",
                        "give each engine's registrator its own -node-id; leftovers go when one runs here"));
    }

    /**
     * @param node another node ID than ours
     * @param containers of this engine that it has registered, and we have not
     */
    public static Finding otherNode(String node, Collection<String> containers) {
        return new Finding(
                Code.OTHER_NODE_ID,
                "node " + node + " has containers of this engine: " + some(containers),
                "with the wrong node ID nothing that is registered looks like ours",
                "if that is the registrator of this engine, pass its -node-id " + node + " here too");
    }

    /** @param same daemons with our node ID and registry */
    public static Optional<Finding> daemons(String nodeId, List<RunningDaemon> same) {
        return same.size() < 2
                ? Optional.empty()
                : Optional.of(new Finding(
                        Code.SAME_NODE_ID,
                        same.size() + " registrators run here with the node ID " + nodeId + " and the same registry:"
                                + " processes "
                                + same.stream()
                                        .map(RunningDaemon::pid)
                                        .map(String::valueOf)
                                        .collect(joining(", ")),
                        "with other options each undoes what the other writes",
                        "stop all but one, or give each its own -node-id"));
    }

    /** @param silent services of ours with what a connection to them met */
    public static Optional<Finding> unreachable(Collection<String> silent) {
        return silent.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding(
                        Code.UNREACHABLE_SERVICES,
                        "registered, but nothing answers from here: " + some(silent),
                        "who looks them up gets an address that does not work, unless a check keeps them out",
                        "registrator explain SERVICE-ID says why the address is what it is"));
    }

    public static Optional<Finding> clock(Instant engine, Instant ours) {
        Duration apart = Duration.between(ours, engine);
        return apart.abs().compareTo(TOLERANCE) <= 0
                ? Optional.empty()
                : Optional.of(new Finding(
                        Code.ENGINE_CLOCK,
                        "the engine's clock is " + apart.abs().toSeconds() + " s "
                                + (apart.isNegative() ? "behind" : "ahead of") + " ours",
                        "after a lost connection, events are asked for from a point in time, and some may be missed"
                                + " until the next full pass",
                        "synchronise the clocks of both hosts (NTP)"));
    }

    private static String some(Collection<?> all) {
        String shown = all.stream().limit(SHOWN).map(String::valueOf).collect(joining(", "));
        return all.size() <= SHOWN ? shown : shown + " and " + (all.size() - SHOWN) + " more";
    }
}
