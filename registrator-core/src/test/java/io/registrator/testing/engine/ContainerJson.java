package io.registrator.testing.engine;

import io.registrator.testing.engine.SimulatedContainer.Health;
import java.time.Instant;
import java.util.Locale;

/** A container as this version's inspect and listing show it. */
final class ContainerJson {
    private final EndpointJson endpoints;
    private final Template inspect;
    private final Template row;

    ContainerJson(ApiVersion version) {
        endpoints = new EndpointJson(version);
        inspect = Template.of("inspect-" + version.text() + ".json");
        row = Template.of("row-" + version.text() + ".json");
    }

    String inspect(SimulatedContainer container) {
        return inspect.fill(hole -> value(hole, container));
    }

    String row(SimulatedContainer container) {
        return row.fill(hole -> value(hole, container));
    }

    private String value(String hole, SimulatedContainer container) {
        ContainerSpec spec = container.spec();
        return switch (hole) {
            case "id" -> container.id();
            case "shortId" -> container.id().substring(0, 12);
            case "slashName" -> Json.text("/" + container.name());
            case "created" -> Json.text(container.created().toString());
            case "createdSeconds" -> String.valueOf(container.created().getEpochSecond());
            case "image" -> Json.text(spec.image());
            case "env" -> spec.env().isEmpty() ? "null" : Json.texts(spec.env());
            case "labels" -> Json.texts(spec.labels());
            case "stopSignal" -> spec.stopSignal() == null ? Template.OMITTED : Json.text(spec.stopSignal());
            case "stopTimeout" ->
                spec.stopTimeout() == null
                        ? Template.OMITTED
                        : String.valueOf(spec.stopTimeout().toSeconds());
            case "state" -> state(container);
            case "status" -> Json.text(word(container.state()));
            case "rowStatus" -> Json.text(rowStatus(container));
            case "rowHealth" -> "{\"Status\":\"%s\",\"FailingStreak\":0}".formatted(word(container.health()));
            default -> networking(hole, container);
        };
    }

    private String networking(String hole, SimulatedContainer container) {
        return switch (hole) {
            case "networkMode" -> Json.text(container.spec().networkMode());
            case "exposedPorts" -> PortJson.exposed(container.spec());
            case "portBindings" -> PortJson.asked(container.spec());
            case "ports" -> PortJson.bound(container);
            case "rowPorts" -> PortJson.rows(container);
            case "sandboxId" -> Json.text(sandbox(container));
            case "sandboxKey" -> Json.text(sandboxKey(container));
            case "endpointId" -> Json.text(onDefaultBridge(container, EndpointJson.endpointId(container)));
            case "gateway" -> Json.text(onDefaultBridge(container, EndpointJson.gateway(container)));
            case "ip" -> Json.text(onDefaultBridge(container, EndpointJson.address(container)));
            case "mac" -> Json.text(onDefaultBridge(container, EndpointJson.mac(container)));
            case "prefixLength" ->
                onDefaultBridge(container, "x").isEmpty() ? "0" : "" + EndpointJson.prefixLength(container);
            case "networks" -> endpoints.networks(container);
            case "rowNetworks" -> endpoints.rowNetworks(container);
            default -> throw new IllegalArgumentException("no value for " + hole);
        };
    }

    /** The addresses beside {@code Networks} are those of the default bridge network alone. */
    private static String onDefaultBridge(SimulatedContainer container, String value) {
        return container.network().equals("bridge") ? value : "";
    }

    private static String sandbox(SimulatedContainer container) {
        boolean never = container.startedAt().equals(SimulatedContainer.NEVER);
        return never || container.network().isEmpty() ? "" : container.id();
    }

    private static String sandboxKey(SimulatedContainer container) {
        String sandbox = sandbox(container);
        if (sandbox.isEmpty()) {
            return "";
        }
        return "/var/run/docker/netns/" + (container.network().equals("host") ? "default" : sandbox.substring(0, 12));
    }

    private static String state(SimulatedContainer container) {
        boolean alive = container.state().isAlive();
        String state = """
                {"Status":"%s","Running":%b,"Paused":%b,"Restarting":false,"OOMKilled":false,"Dead":false,\
                "Pid":%d,"ExitCode":%d,"Error":"","StartedAt":"%s","FinishedAt":"%s"%s}""";
        return state.formatted(
                word(container.state()),
                alive,
                container.state() == SimulatedContainer.State.PAUSED,
                alive ? 10_000 + container.number() : 0,
                container.exitCode(),
                moment(container.startedAt()),
                moment(container.finishedAt()),
                health(container.health()));
    }

    private static String health(Health health) {
        String report = ",\"Health\":{\"Status\":\"%s\",\"FailingStreak\":0,\"Log\":[]}";
        return health == Health.NONE ? "" : report.formatted(word(health));
    }

    private static String rowStatus(SimulatedContainer container) {
        return switch (container.state()) {
            case CREATED -> "Created";
            case PAUSED -> "Up 1 second (Paused)";
            case EXITED -> "Exited (" + container.exitCode() + ") 1 second ago";
            case RUNNING -> "Up 1 second" + remark(container.health());
        };
    }

    private static String remark(Health health) {
        return switch (health) {
            case NONE -> "";
            case STARTING -> " (health: starting)";
            case HEALTHY, UNHEALTHY -> " (" + word(health) + ")";
        };
    }

    private static String moment(Instant moment) {
        return moment.toString();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
