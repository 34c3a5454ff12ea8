package io.registrator.cli.output;

import io.registrator.derive.DerivedService;
import io.registrator.derive.Problem;
import io.registrator.model.CheckDefinition;
import io.registrator.model.CheckResult;
import io.registrator.model.ContainerHealth;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ObservedService;
import io.registrator.model.Probe;
import io.registrator.model.ServiceDefinition;
import io.registrator.ops.explain.Explanation;
import io.registrator.ops.explain.Headline;
import io.registrator.ops.explain.PortExplanation;
import io.registrator.ops.explain.Reach;
import io.registrator.ops.explain.RegistryState;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An explanation for people: the cause, what to do about it, and then all that is known. */
public final class ExplanationText {
    private final StringBuilder text = new StringBuilder();

    private ExplanationText() {}

    public static String of(Explanation explanation) {
        ExplanationText written = new ExplanationText();
        written.headline(explanation.headline());
        switch (explanation) {
            case Explanation.OfContainer container -> written.container(container);
            case Explanation.OfService service -> written.service(service);
        }
        return written.text.toString();
    }

    private void headline(Headline headline) {
        line("%s", headline.cause());
        line("%s", headline.advice().isEmpty() ? "nothing is to be done" : "to do: " + headline.advice());
    }

    private void container(Explanation.OfContainer explained) {
        ContainerSnapshot container = explained.container();
        line("");
        line("container  %s %s", container.name(), container.id().value());
        line("image      %s", container.image());
        line(
                "state      %s%s",
                word(container.state()), health(container.health().health()));
        line(
                "network    %s; on %s",
                container.networkMode().value(),
                container.networks().isEmpty()
                        ? "none"
                        : String.join(", ", container.networks().keySet()));
        explained.ports().forEach(this::port);
        problems(explained.problems());
    }

    private static String health(ContainerHealth health) {
        return health == ContainerHealth.NONE ? "" : ", " + word(health);
    }

    private void port(PortExplanation port) {
        line("");
        String number = port.port() == null ? "no port" : "port " + port.port();
        switch (port) {
            case PortExplanation.NoService none ->
                line("%s: no service, %s", number, none.reason().text());
            case PortExplanation.Service service -> {
                line("%s: service %s", number, service.derived().definition().id());
                fields(service.derived());
                registry(service.state());
                checks(service.checks());
                reach(service.derived().definition(), service.reach());
            }
        }
    }

    private void fields(DerivedService derived) {
        ServiceDefinition service = derived.definition();
        Map<String, String> because = derived.because();
        field("id", service.id(), because.get("id"));
        field("name", service.name(), because.get("name"));
        field("address", service.address(), because.get("address"));
        field("port", service.port(), because.get("port"));
        service.taggedAddresses().forEach((tag, address) -> field(tag, address, because.get("address." + tag)));
        field("tags", service.tags(), because.get("tags"));
        service.meta().forEach((key, value) -> field("meta " + key, value, because.get("meta." + key)));
        field("weights", service.weights().passing() + "/" + service.weights().warning(), because.get("weights"));
        service.checks()
                .forEach(check -> field("check " + check.name(), probe(check), because.get("check." + check.name())));
        if (service.checks().isEmpty()) {
            field("checks", "none, so it always counts as healthy", null);
        }
    }

    private static String probe(CheckDefinition check) {
        String what = switch (check.probe()) {
            case Probe.Tcp tcp -> tcp.target().toString();
            case Probe.Http http -> http.url();
            case Probe.Grpc grpc -> grpc.target();
            case Probe.Ttl ttl -> "ttl " + ttl.ttl().toSeconds() + "s";
            case Probe.EngineHealth health -> "the container's HEALTHCHECK";
            case Probe.Alias alias -> "as the service " + alias.service();
            case Probe.Script script -> String.join(" ", script.args());
        };
        return check.heartbeat().isPresent()
                        || check.probe() instanceof Probe.Ttl
                        || check.probe() instanceof Probe.Alias
                ? what
                : what + " every " + check.interval().toSeconds() + "s";
    }

    private void field(String name, Object value, @Nullable String because) {
        line("  %s=%s%s", name, value, because == null ? "" : "  from " + because);
    }

    private void registry(RegistryState state) {
        switch (state) {
            case RegistryState.InSync(var maintenance) ->
                line("  registry: in sync%s", maintenance == null ? "" : ", in maintenance: " + maintenance);
            case RegistryState.Missing missing -> line("  registry: does not have it");
            case RegistryState.OtherNode(String node, var id) ->
                line("  registry: node %s has this container, as %s", node, id);
            case RegistryState.Differs differs -> {
                line("  registry: has it otherwise (%s)", word(differs.why()));
                differs.fields()
                        .forEach(field ->
                                line("    %s: %s instead of %s", field.field(), field.found(), field.wanted()));
            }
            case RegistryState.Taken taken -> line("  registry: conflict with %s", text(taken.by()));
            case RegistryState.ClaimedTwice(var conflict) -> line("  registry: %s", conflict.message());
            case RegistryState.Refused(String why) -> line("  registry: would refuse it: %s", why);
            case RegistryState.Unknown(String why) -> line("  registry: unknown: %s", why);
        }
    }

    private void checks(Collection<CheckResult> checks) {
        checks.forEach(check -> line(
                "  check result: %s is %s%s",
                check.name(), check.status().word(), check.output().isEmpty() ? "" : ": " + check.output()));
    }

    private void reach(ServiceDefinition service, Reach reach) {
        switch (reach) {
            case Reach.NotTried nobody -> line("  from here: not tried (only TCP ports are)");
            case Reach.Answers answers -> line("  from here: %s answers", service.target());
            case Reach.Silent(String why) -> line("  from here: %s does not answer: %s", service.target(), why);
        }
    }

    private void problems(Collection<Problem> problems) {
        if (!problems.isEmpty()) {
            line("");
        }
        for (Problem problem : problems) {
            line(
                    "%s%s: %s: %s",
                    word(problem.severity()),
                    problem.port() == null ? "" : " port " + problem.port(),
                    problem.key(),
                    problem.message());
        }
    }

    private void service(Explanation.OfService explained) {
        line("");
        line("registered %s", text(explained.service()));
        line("tags       %s", explained.service().tags());
        explained.service().meta().forEach((key, value) -> line("meta       %s=%s", key, value));
        checks(explained.checks());
    }

    private static String text(ObservedService service) {
        return service.id() + ": " + service.name() + " at " + service.where();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private void line(String format, Object... values) {
        text.append(format.formatted(values)).append('\n');
    }
}
