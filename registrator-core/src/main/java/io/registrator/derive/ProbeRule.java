package io.registrator.derive;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.registrator.model.Probe;
import java.time.Duration;
import java.util.Optional;

/** Makes the probe that a check asks for. What cannot be one is an error. */
final class ProbeRule {
    /** As for the time between two checks of an agent. */
    private static final Duration LEAST_TTL = Duration.ofSeconds(1);

    private static final String SCRIPT_OF_CMD = "check-cmd";
    private static final ImmutableSet<String> SHELL_SYNTAX = ImmutableSet.of("|", "||", "&&", "&", ";", ">", ">>", "<");

    private final Candidate candidate;
    private final Endpoint endpoint;
    private final Placeholders placeholders;
    private final boolean allowCommands;

    ProbeRule(Candidate candidate, Endpoint endpoint, boolean allowCommands) {
        this.candidate = candidate;
        this.endpoint = endpoint;
        this.placeholders = new Placeholders(endpoint);
        this.allowCommands = allowCommands;
    }

    Optional<Probe> probe(CheckRequest request) {
        if (request.kind().runsCommand() && !allowCommands) {
            return refuseCommand(request);
        }
        return switch (request.kind()) {
            case HTTP, HTTPS -> atPort(request).flatMap(this::http);
            case CMD -> Optional.of(cmd(request));
            case SCRIPT -> words(request).map(args -> new Probe.Script(args, null));
            case DOCKER -> words(request).map(args -> new Probe.Script(args, containerId()));
            case TTL -> request.options().atLeast(request.asked(), LEAST_TTL).map(ttl -> ttl(request, ttl));
            case TCP -> atPort(request).map(this::switchedOn).map(tcp -> new Probe.Tcp(endpoint.target()));
            case GRPC -> atPort(request).map(this::switchedOn).map(this::grpc);
        };
    }

    private static Probe ttl(CheckRequest request, Duration ttl) {
        return new Probe.Ttl(ttl, request.options().yes("ttl_heartbeat", true) ? Heartbeat.within(ttl) : null);
    }

    private Optional<Probe> http(CheckRequest request) {
        return new HttpProbeRule(candidate.problems(), endpoint, placeholders).probe(request);
    }

    private Probe grpc(CheckRequest request) {
        boolean tls = request.options().yes("grpc_use_tls", false);
        boolean skipVerify = request.options().yes("tls_skip_verify", false);
        String serverName = request.option("tls_server_name").orElse("");
        return new Probe.Grpc(endpoint.target().toString(), tls, tls && skipVerify, tls ? serverName : "");
    }

    /** The image's own script on the agent's host, which gliderlabs/consul brings along, runs the command as one text. */
    private Probe cmd(CheckRequest request) {
        return new Probe.Script(
                ImmutableList.of(
                        SCRIPT_OF_CMD,
                        candidate.container().id().shortId(),
                        String.valueOf(candidate.number()),
                        placeholders.fillIn(request.value())),
                null);
    }

    private Optional<ImmutableList<String>> words(CheckRequest request) {
        Optional<ImmutableList<String>> words = ShellWords.split(request.value())
                .filter(args -> !args.isEmpty())
                .map(args -> args.stream().map(placeholders::fillIn).collect(toImmutableList()));
        words.ifPresent(args -> warnOfShellSyntax(request, args));
        return words.isPresent()
                ? words
                : request.options().wrong(request.asked(), "a command", "close its quotes, and let no \\ come last");
    }

    private static void warnOfShellSyntax(CheckRequest request, ImmutableList<String> args) {
        args.stream()
                .filter(SHELL_SYNTAX::contains)
                .findFirst()
                .ifPresent(word -> request.options()
                        .problems()
                        .warning(
                                request.asked().key(),
                                request.asked().shown() + " is run without a shell, which " + word
                                        + " needs; write sh -c '…' around it"));
    }

    private String containerId() {
        return candidate.container().id().value();
    }

    /** What connects to the service needs a port to connect to. */
    private Optional<CheckRequest> atPort(CheckRequest request) {
        if (candidate.port() != null) {
            return Optional.of(request);
        }
        return request.options()
                .wrong(
                        request.asked(),
                        "for a service without a port",
                        "use a TTL check, or give SERVICE_PORT a number");
    }

    private CheckRequest switchedOn(CheckRequest request) {
        if (YesNo.parse(request.value()).isEmpty()) {
            candidate
                    .problems()
                    .warning(request.asked().key(), request.asked().shown() + " is taken as true; write true or false");
        }
        return request;
    }

    private Optional<Probe> refuseCommand(CheckRequest request) {
        candidate
                .problems()
                .error(
                        request.asked().key(),
                        request.asked().key() + " would run a command on the agent's host; pass -allow-script-checks if"
                                + " every container may do that, or use an HTTP or TCP check");
        return Optional.empty();
    }
}
