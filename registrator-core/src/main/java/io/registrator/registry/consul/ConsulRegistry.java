package io.registrator.registry.consul;

import com.google.common.collect.ImmutableMap;
import io.registrator.model.Condition;
import io.registrator.model.ObservedService;
import io.registrator.model.Outcome;
import io.registrator.model.Secret;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.reconcile.ServiceRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The services of one Consul agent, over its HTTP API; Consul 1.8 and newer. With ACLs on, the token needs {@code
 * service:write} on the services it registers; {@code agent:read} for {@link #agent} and for fields newer than Consul 1.8;
 * {@code agent:read} and {@code node:read} for {@link #watch}.
 */
public final class ConsulRegistry implements ServiceRegistry {
    private static final Duration PAUSE_AWAY = Duration.ofMillis(100);
    /** So that an agent that comes back is seen within two seconds. */
    private static final Duration MAX_PAUSE_AWAY = Duration.ofSeconds(1);

    private static final Duration PAUSE_UNABLE = Duration.ofMillis(500);
    /** Also where it is forbidden: one refusal must not hide for long that the agent has lost everything since. */
    private static final Duration MAX_PAUSE_UNABLE = Duration.ofSeconds(2);

    private final AgentApi api;
    private final KnownServices known;
    private final ServiceWriter writer;
    private final AgentApi watched;
    private final AgentObserver observer;
    private final TokenSource tokens;
    private final Watch watch = new Watch("consul-watch");
    private final Watch tokenWatch = new Watch("token-watch");
    private final Credentials credentials;
    private final TenancyCheck tenancyCheck;

    private ConsulRegistry(AgentApi api, AgentApi watched, TokenSource tokens, Tenancy tenancy) {
        AgentVersions versions = new AgentVersions(api);
        this.api = api;
        this.known = new KnownServices();
        this.credentials = new Credentials(api, tokens);
        this.writer = new ServiceWriter(api, new FeatureGate(versions), known, credentials);
        this.watched = watched;
        this.observer = observer(versions);
        this.tenancyCheck = new TenancyCheck(api, tenancy);
        this.tokens = tokens;
    }

    private AgentObserver observer(AgentVersions versions) {
        return new AgentObserver(
                watched,
                known,
                () -> {
                    versions.forget();
                    credentials.forget();
                },
                new RetryPace(PAUSE_AWAY, MAX_PAUSE_AWAY, Math::random),
                new RetryPace(PAUSE_UNABLE, MAX_PAUSE_UNABLE, Math::random));
    }

    /**
     * A registry with no connection open yet.
     *
     * @throws IOException when a certificate or key file cannot be used
     */
    public static ConsulRegistry open(ConsulSettings settings) throws IOException {
        return new ConsulRegistry(
                new AgentApi(AgentConnection.open(settings)),
                new AgentApi(AgentConnection.openForWatch(settings)),
                settings.token(),
                settings.tenancy());
    }

    @Override
    public Outcome<ImmutableMap<ServiceId, ObservedService>> list() {
        return Failures.outcome(() -> {
            tenancyCheck.insist();
            long askedAt = known.beforeListing();
            VisibleServices visible = writer.visible();
            ImmutableMap<ServiceId, ObservedService> services =
                    Observations.of(visible.services(), credentials.present(), visible.maintenance());
            known.listed(askedAt, services);
            return services;
        });
    }

    @Override
    public Outcome<Done> register(
            ServiceDefinition definition, Condition condition, Predicate<Optional<ObservedService>> expected) {
        return Failures.outcome(() -> writer.register(definition, condition, expected));
    }

    @Override
    public Outcome<Done> deregister(ServiceId id, Predicate<ObservedService> expected) {
        return Failures.outcome(() -> writer.deregister(id, expected));
    }

    @Override
    public Outcome<Done> heartbeat(ServiceDefinition definition, Condition condition) {
        return Failures.outcome(() -> writer.heartbeat(definition, condition));
    }

    @Override
    public boolean knowsMaintenance() {
        return true;
    }

    @Override
    public Outcome<Done> maintain(
            ServiceDefinition definition, @Nullable String reason, Predicate<Optional<String>> expected) {
        return Failures.outcome(() -> writer.maintain(definition.id(), reason, expected));
    }

    @Override
    public void useToken(ServiceId id, Secret token) {
        writer.useToken(id, token);
    }

    /** Who the agent is and whether its cluster has a leader. */
    public Outcome<ConsulAgent> agent() {
        return questions().agent();
    }

    /** For what people want to know of the agent. */
    public ConsulQuestions questions() {
        return new ConsulQuestions(api);
    }

    @Override
    public void watch(Runnable hint) {
        watch.start(() -> observer.observe(hint));
        if (tokens.mayChange()) {
            TokenObserver ofToken = new TokenObserver(tokens);
            tokenWatch.start(() -> ofToken.observe(hint));
        }
    }

    @Override
    public void close() {
        tokenWatch.close();
        watch.close();
        watched.close();
        api.close();
    }
}
