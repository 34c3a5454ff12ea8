package io.registrator.ops.explain;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import io.registrator.derive.IdConflict;
import io.registrator.derive.LeftOut;
import io.registrator.derive.Problem;
import io.registrator.model.CheckResult;
import io.registrator.model.CheckStatus;
import io.registrator.model.ContainerHealth;
import io.registrator.model.ContainerPort;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ContainerState;
import io.registrator.model.ObservedService;
import io.registrator.model.PortBinding;
import io.registrator.model.RegisterOn;
import io.registrator.model.ServiceDefinition;
import io.registrator.plan.Ownership;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that keeps a container out of the registry, or is wrong with what is in it. */
final class Causes {
    private static final String LISTEN = "see that it listens on that port and on all addresses, not only on 127.0.0.1";

    private final ContainerSnapshot container;
    private final List<Problem> problems;

    Causes(ContainerSnapshot container, List<Problem> problems) {
        this.container = container;
        this.problems = problems;
    }

    Stream<Cause> of(Collection<PortExplanation> ports) {
        boolean gives = ports.stream().anyMatch(PortExplanation.Service.class::isInstance);
        return Stream.concat(ports.stream().flatMap(this::of), gives ? ofContainer() : Stream.empty());
    }

    private Stream<Cause> of(PortExplanation port) {
        return switch (port) {
            case PortExplanation.NoService(LeftOut other)
            when other.reason() == LeftOut.Reason.OTHER_BINDING -> Stream.empty();
            case PortExplanation.NoService none -> Stream.of(noService(none.reason()));
            case PortExplanation.Service service ->
                Stream.concat(inRegistry(service), Stream.concat(reach(service), checks(service)));
        };
    }

    private Cause noService(LeftOut left) {
        ContainerPort port = left.port();
        return switch (left.reason()) {
            case NOT_RUNNING -> new Cause(Cause.Rank.KEPT_OUT, null, left.text() + exitCode(), restart());
            case FILTERED ->
                new Cause(Cause.Rank.KEPT_OUT, null, "-filter: " + left.text(), "change -filter, or what it looks at");
            case NO_PORT -> Cause.of(Cause.Rank.KEPT_OUT, null, left.text());
            case IGNORED -> new Cause(Cause.Rank.LEFT_OUT, port, left.text(), "take that away, or set it to false");
            case NOT_PUBLISHED, NO_NAME, OTHER_BINDING -> Cause.of(Cause.Rank.LEFT_OUT, port, left.text());
            case NO_ADDRESS ->
                Cause.of(Cause.Rank.KEPT_OUT, port, left.text()).orAdvise("connect it to that network: " + networks());
            case NO_HOST_ADDRESS ->
                new Cause(
                        Cause.Rank.KEPT_OUT,
                        port,
                        left.text(),
                        "pass -ip with the address that this host's published ports are reached at");
            case INVALID -> invalid(left);
        };
    }

    private Cause invalid(LeftOut left) {
        return problems.stream()
                .filter(problem -> problem.isError() && Objects.equals(problem.port(), left.port()))
                .findFirst()
                .map(problem -> Cause.of(Cause.Rank.KEPT_OUT, left.port(), text(problem)))
                .orElseGet(() -> Cause.of(Cause.Rank.KEPT_OUT, left.port(), left.text()));
    }

    private static String text(Problem problem) {
        return problem.message().contains(problem.key()) ? problem.message() : problem.key() + ": " + problem.message();
    }

    private String exitCode() {
        return container.state() == ContainerState.EXITED ? " (exit code " + container.exitCode() + ")" : "";
    }

    private String restart() {
        return container.state() == ContainerState.RESTARTING
                ? "see why it ends: docker logs " + container.name()
                : "start it: docker start " + container.name();
    }

    private String networks() {
        return container.networks().isEmpty()
                ? "it is on none"
                : "it is on " + String.join(", ", container.networks().keySet());
    }

    private Stream<Cause> inRegistry(PortExplanation.Service service) {
        ServiceDefinition definition = service.derived().definition();
        ContainerPort port = service.port();
        return switch (service.state()) {
            case RegistryState.InSync(var maintenance)
            when maintenance != null ->
                Stream.of(new Cause(
                        Cause.Rank.IN_MAINTENANCE,
                        port,
                        "it is in maintenance: " + maintenance,
                        "consul maint shows it; consul maint -disable -service=" + definition.id() + " ends it"));
            case RegistryState.InSync same -> Stream.empty();
            case RegistryState.Missing missing -> missing(service);
            case RegistryState.Unknown(String why) ->
                Stream.of(new Cause(Cause.Rank.UNKNOWN, port, "whether it is registered cannot be told: " + why, ""));
            case RegistryState.Refused(String why) -> Stream.of(Cause.of(Cause.Rank.KEPT_OUT, port, why));
            case RegistryState.Taken taken -> Stream.of(taken(definition, port, taken));
            case RegistryState.ClaimedTwice(IdConflict conflict) ->
                Stream.of(new Cause(
                        Cause.Rank.KEPT_OUT,
                        port,
                        "its service ID " + conflict.id() + " is also that of " + conflict.kept() + ", which keeps it",
                        "give each its own, such as SERVICE_<port>_ID"));
            case RegistryState.OtherNode(String node, var id) ->
                Stream.of(new Cause(
                        Cause.Rank.MISSING,
                        port,
                        "node " + node + " has this container, as " + id,
                        "if that is the registrator of this engine, pass its -node-id " + node + " here too"));
            case RegistryState.Differs differs ->
                Stream.of(new Cause(
                        Cause.Rank.OUTDATED,
                        port,
                        "the registry has it otherwise: " + differs(differs),
                        "registrator updates it with its next pass, if it runs"));
        };
    }

    private Stream<Cause> missing(PortExplanation.Service service) {
        if (container.state() == ContainerState.PAUSED) {
            return Stream.empty();
        }
        RegisterOn waitsFor = service.derived().lifecycle().registerOn();
        if (waitsFor == RegisterOn.HEALTHY && isSick()) {
            return Stream.of(new Cause(
                    Cause.Rank.MISSING,
                    service.port(),
                    "it waits for its HEALTHCHECK (-register-on healthy), which says "
                            + container.health().health().name().toLowerCase(Locale.ROOT),
                    seeHealth()));
        }
        if (waitsFor != RegisterOn.START && service.reach() instanceof Reach.Silent(String why)) {
            return Stream.of(new Cause(
                    Cause.Rank.MISSING,
                    service.port(),
                    "it waits until it listens (-register-on), and nothing answers at "
                            + service.derived().definition().target() + ": " + why,
                    LISTEN));
        }
        return Stream.of(new Cause(
                Cause.Rank.MISSING,
                service.port(),
                "the registry does not have " + service.derived().definition().id(),
                "nothing stands in its way: see that registrator runs here, and what its log says"));
    }

    private boolean isSick() {
        ContainerHealth health = container.health().health();
        return health == ContainerHealth.STARTING || health == ContainerHealth.UNHEALTHY;
    }

    private String seeHealth() {
        return "see what it says: docker inspect --format '{{json .State.Health}}' " + container.name();
    }

    private static String differs(RegistryState.Differs differs) {
        return differs.fields().isEmpty()
                ? differs.why().name().toLowerCase(Locale.ROOT)
                : differs.fields().stream().map(RegistryState.Difference::field).collect(Collectors.joining(", "));
    }

    private static Cause taken(ServiceDefinition definition, @Nullable ContainerPort port, RegistryState.Taken taken) {
        ObservedService by = taken.by();
        String who = taken.ownership() instanceof Ownership.OtherInstance other
                ? "registrator on node " + other.mark().owner()
                : "somebody else, not a registrator,";
        return new Cause(
                Cause.Rank.KEPT_OUT,
                port,
                "conflict: " + who + " holds its ID " + definition.id() + " with " + by.name() + " at " + by.where(),
                "give the container a SERVICE_ID of its own, or remove that service");
    }

    private Stream<Cause> ofContainer() {
        Stream<Cause> state = container.state() == ContainerState.PAUSED
                ? Stream.of(new Cause(
                        Cause.Rank.PAUSED,
                        null,
                        "the container is paused, so nothing in it answers",
                        "docker unpause " + container.name()))
                : Stream.empty();
        Stream<Cause> health = container.health().health() == ContainerHealth.UNHEALTHY
                ? Stream.of(new Cause(
                        Cause.Rank.UNHEALTHY, null, "the container is unhealthy: its HEALTHCHECK fails", seeHealth()))
                : Stream.empty();
        Stream<Cause> warnings = problems.stream()
                .filter(problem -> !problem.isError())
                .map(problem -> Cause.of(Cause.Rank.WARNED, problem.port(), text(problem)));
        return Stream.of(state, health, warnings).flatMap(each -> each);
    }

    private Stream<Cause> reach(PortExplanation.Service service) {
        ServiceDefinition definition = service.derived().definition();
        if (isLoopback(definition.address())) {
            return Stream.of(new Cause(
                    Cause.Rank.WARNED,
                    service.port(),
                    "the loopback address " + definition.address() + " leads every other host to itself",
                    "it is as it is because of: "
                            + service.derived().because().getOrDefault("address", "")
                            + "; give one that others reach"));
        }
        if (isPublishedOnLoopbackOnly(service.port())) {
            return Stream.of(new Cause(
                    Cause.Rank.WARNED,
                    service.port(),
                    "it is published on 127.0.0.1 only, where no other host reaches it",
                    "publish it on another address"));
        }
        return service.reach() instanceof Reach.Silent(String why)
                ? Stream.of(new Cause(
                        Cause.Rank.UNREACHABLE,
                        service.port(),
                        "nothing answers at " + definition.target() + " from here: " + why,
                        LISTEN))
                : Stream.empty();
    }

    private boolean isPublishedOnLoopbackOnly(@Nullable ContainerPort port) {
        ImmutableList<PortBinding> bindings =
                port == null ? ImmutableList.of() : container.bindings().getOrDefault(port, ImmutableList.of());
        return !bindings.isEmpty() && bindings.stream().allMatch(binding -> isLoopback(binding.hostIp()));
    }

    private static boolean isLoopback(String address) {
        return InetAddresses.isInetAddress(address)
                && InetAddresses.forString(address).isLoopbackAddress();
    }

    private static Stream<Cause> checks(PortExplanation.Service service) {
        return service.checks().stream()
                .filter(check -> check.status() == CheckStatus.CRITICAL)
                .map(check -> critical(service.port(), check));
    }

    private static Cause critical(@Nullable ContainerPort port, CheckResult check) {
        String output = check.output().isEmpty() ? "it has not run yet" : check.output();
        return new Cause(
                Cause.Rank.CRITICAL,
                port,
                "its check '" + check.name() + "' is critical: " + output,
                "consumers that ask for healthy services do not see it until that passes");
    }
}
