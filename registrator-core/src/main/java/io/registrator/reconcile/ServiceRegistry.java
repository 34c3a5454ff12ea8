package io.registrator.reconcile;

import com.google.common.collect.ImmutableMap;
import io.registrator.model.Condition;
import io.registrator.model.Failure;
import io.registrator.model.ObservedService;
import io.registrator.model.Outcome;
import io.registrator.model.Secret;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A registry of services. Every method may be called from any thread, several at once, and blocks for a bounded time: a
 * peer that does not answer is a {@link Failure.Transient}. No method throws for what a peer does.
 */
public interface ServiceRegistry extends AutoCloseable {

    /**
     * All services of the local agent whose IDs {@link ServiceId} can hold, whoever registered them. Those of others may
     * be missing where rights are missing.
     */
    Outcome<ImmutableMap<ServiceId, ObservedService>> list();

    /**
     * Registers the service or updates it in place. An update never makes a healthy service critical for a moment: a
     * check that is new takes over the status of the checks before it. Maintenance survives it.
     *
     * <p>{@link Done#SKIPPED}, and nothing is written, when {@code expected} does not hold of what has the service's ID,
     * looked at once more right before. A registry that shows only afterwards that somebody else was faster fails with a
     * {@link Failure.Transient}, and has written nothing either.
     *
     * @param condition what we know of it: the checks of a service that is new begin with that
     * @param expected of the service that is there, empty for none; it need not tell anything of its maintenance
     */
    Outcome<Done> register(
            ServiceDefinition definition, Condition condition, Predicate<Optional<ObservedService>> expected);

    /** The same for a service of which we know nothing more, whatever is there before. */
    default Outcome<Done> register(ServiceDefinition definition) {
        return register(definition, Condition.UNKNOWN, before -> true);
    }

    /**
     * From now on this token is used for the service, as if it had been registered here with it. For a service that an
     * earlier run registered. A registry without tokens has no use for it.
     */
    default void useToken(ServiceId id, Secret token) {}

    /**
     * Deregisters the service if, looked at once more right before, {@code expected} holds of it. A service that is gone
     * already counts as deregistered, one that {@code expected} does not hold of as {@link Done#SKIPPED}.
     */
    Outcome<Done> deregister(ServiceId id, Predicate<ObservedService> expected);

    /**
     * Says of each check of the service that waits for a {@linkplain ServiceDefinition#heartbeat heartbeat} how it is: that
     * it passes, or what the engine says of the container. {@link Done#SKIPPED} when the registry has no such check: the
     * service is gone, or was registered otherwise.
     */
    Outcome<Done> heartbeat(ServiceDefinition definition, Condition condition);

    /** Why it can make nothing of this service, as far as that is plain without asking anybody. */
    default Optional<String> refusal(ServiceDefinition definition) {
        return Optional.empty();
    }

    /** Whether services can be taken out of service without being deregistered. */
    boolean knowsMaintenance();

    /**
     * Takes a service out of service, or puts it in again. {@link Done#SKIPPED} when there is no such service, when what
     * it shows is not {@code expected}, or when the registry does not {@linkplain #knowsMaintenance know} it.
     *
     * @param reason shown to operators; null to put it in again
     * @param expected of the reason that the service shows right before, empty for none
     */
    Outcome<Done> maintain(ServiceDefinition definition, @Nullable String reason, Predicate<Optional<String>> expected);

    /**
     * Runs {@code hint} when services may have appeared or vanished without us, as when an agent came back without its
     * data. A hint may come late, twice or for nothing; it is no substitute for listing. Ends with {@link #close}.
     */
    void watch(Runnable hint);

    @Override
    void close();

    /** What a write did. */
    enum Done {
        APPLIED,
        SKIPPED
    }
}
