package io.registrator.ops.observe;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened.
 *
 * @param number counts from 1 and never repeats within a run
 * @param container its name and short ID; null where it is about none
 * @param service its ID; null where it is about none
 * @param action in a word or two, such as {@code registered}
 * @param before what the registry had; null where that is not the point
 * @param after what it has now; null where that is not the point
 */
public record JournalEntry(
        long number,
        Instant at,
        @Nullable String container,
        @Nullable String service,
        String action,
        String why,
        @Nullable String before,
        @Nullable String after) {}
