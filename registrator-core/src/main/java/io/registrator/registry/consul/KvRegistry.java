package io.registrator.registry.consul;

import com.google.common.collect.ImmutableMap;
import io.registrator.model.Condition;
import io.registrator.model.ObservedService;
import io.registrator.model.Outcome;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.reconcile.ServiceRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Services in Consul's key-value store, for readers such as nginx-upsync-module. Many hosts share one tree. What belongs to
 * whom is in records under {@code registrator/records/<prefix>/}, outside of what readers read; entry and record are written
 * and removed in one transaction.
 *
 * <p>With ACLs on, the token needs {@code key_prefix} {@code write} on both trees. Tags and checks are not shown to readers.
 */
public final class KvRegistry implements ServiceRegistry {
    /** Below this key is what belongs to whom. */
    public static final String RECORDS = "registrator/records/";

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final KvApi api;
    private final KvApi watched;
    private final AgentApi agent;
    private final String entryPrefix;
    private final String recordPrefix;
    private final KvTrees trees;
    private final KvLayout layout;
    private final KvWriter writer;
    private final KvObserver observer;
    private final Watch watch = new Watch("consul-kv-watch");
    private final TenancyCheck tenancy;

    private KvRegistry(KvSettings settings, AgentConnection connection, AgentConnection forWatch) {
        this.api = new KvApi(connection);
        this.watched = new KvApi(forWatch);
        this.agent = new AgentApi(connection);
        this.tenancy = new TenancyCheck(agent, settings.consul().tenancy());
        this.entryPrefix = settings.prefix() + "/";
        this.recordPrefix = RECORDS + settings.prefix() + "/";
        this.layout = KvLayout.of(settings.format(), settings.prefix());
        this.trees = new KvTrees(layout, recordPrefix);
        this.writer = new KvWriter(api, layout, trees);
        this.observer =
                new KvObserver(watched, entryPrefix, trees, new RetryPace(FIRST_PAUSE, LONGEST_PAUSE, Math::random));
    }

    /**
     * A registry with no connection open yet.
     *
     * @throws IOException when a certificate or key file cannot be used
     */
    public static KvRegistry open(KvSettings settings) throws IOException {
        return new KvRegistry(
                settings, AgentConnection.open(settings.consul()), AgentConnection.openForWatch(settings.consul()));
    }

    /** All services of the tree, of whatever host; those of others that have no ID are left out. */
    @Override
    public Outcome<ImmutableMap<ServiceId, ObservedService>> list() {
        return Failures.outcome(() -> {
            tenancy.insist();
            return trees.listed(api.tree(entryPrefix), api.tree(recordPrefix));
        });
    }

    @Override
    public Outcome<Done> register(
            ServiceDefinition definition, Condition condition, Predicate<Optional<ObservedService>> expected) {
        return Failures.outcome(() -> writer.register(definition, expected));
    }

    @Override
    public Outcome<Done> deregister(ServiceId id, Predicate<ObservedService> expected) {
        return Failures.outcome(() -> writer.deregister(id, expected));
    }

    /** There are no checks that wait for it. */
    @Override
    public Outcome<Done> heartbeat(ServiceDefinition definition, Condition condition) {
        return Outcome.success(trees.record(definition.id()).isPresent() ? Done.APPLIED : Done.SKIPPED);
    }

    /** Readers of the tree take everything in it for being in service. */
    @Override
    public Optional<String> refusal(ServiceDefinition definition) {
        try {
            var unused = layout.entry(definition);
            return Optional.empty();
        } catch (RefusedException refused) {
            return Optional.ofNullable(refused.getMessage());
        }
    }

    @Override
    public boolean knowsMaintenance() {
        return false;
    }

    @Override
    public Outcome<Done> maintain(
            ServiceDefinition definition, @Nullable String reason, Predicate<Optional<String>> expected) {
        return Outcome.success(Done.SKIPPED);
    }

    /** The address that the agent tells its cluster. */
    public Outcome<String> advertisedAddress() {
        return Failures.outcome(() -> agent.self().address());
    }

    /** For what people want to know of the agent. */
    public ConsulQuestions questions() {
        return new ConsulQuestions(agent);
    }

    @Override
    public void watch(Runnable hint) {
        watch.start(() -> observer.observe(hint));
    }

    @Override
    public void close() {
        watch.close();
        watched.close();
        api.close();
    }
}
