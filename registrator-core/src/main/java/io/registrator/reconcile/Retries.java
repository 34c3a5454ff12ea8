package io.registrator.reconcile;

import com.google.common.collect.ImmutableSet;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What failed, how often in a row, and when to try it again. */
final class Retries<K> {
    private final Backoff backoff;
    private final Map<K, Retry> retries = new HashMap<>();

    private record Retry(int failures, Instant due, boolean waiting) {
        boolean isDue(Instant now) {
            return waiting && !now.isBefore(due);
        }

        Retry released() {
            return new Retry(failures, due, false);
        }
    }

    Retries(Backoff backoff) {
        this.backoff = backoff;
    }

    /** Notes one more failure, lets it wait, and says how many there have been in a row. */
    int failed(K key, Instant now) {
        int failures = failures(key) + 1;
        retries.put(key, new Retry(failures, now.plus(backoff.after(failures)), true));
        return failures;
    }

    /** Notes one more failure of something that no wait will mend. */
    int rejected(K key, Instant now) {
        int failures = failures(key) + 1;
        retries.put(key, new Retry(failures, now, false));
        return failures;
    }

    void succeeded(K key) {
        retries.remove(key);
    }

    /** Ends every wait, and says whose it was. The counts go on. */
    ImmutableSet<K> releaseAll() {
        return release(Instant.MAX);
    }

    /** Ends the waits that are due, and says whose they were. The counts go on. */
    ImmutableSet<K> release(Instant now) {
        if (retries.isEmpty()) {
            return ImmutableSet.of();
        }
        ImmutableSet.Builder<K> released = ImmutableSet.builder();
        retries.replaceAll((key, retry) -> {
            if (!retry.isDue(now)) {
                return retry;
            }
            released.add(key);
            return retry.released();
        });
        return released.build();
    }

    boolean isWaiting(K key) {
        Retry retry = retries.get(key);
        return retry != null && retry.waiting;
    }

    boolean hasFailed(K key) {
        return retries.containsKey(key);
    }

    /** How many have failed and not yet succeeded. */
    int size() {
        return retries.size();
    }

    Optional<Instant> nextDue() {
        return retries.values().stream().filter(Retry::waiting).map(Retry::due).min(Instant::compareTo);
    }

    private int failures(K key) {
        Retry before = retries.get(key);
        return before == null ? 0 : before.failures;
    }
}
