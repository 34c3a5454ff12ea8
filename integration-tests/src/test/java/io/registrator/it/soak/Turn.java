package io.registrator.it.soak;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * One round of a soak, from a fault's begin to the next quiet point. All of it comes from the seed alone, so that a seed
 * gives the same turns however fast the machine is.
 */
record Turn(FaultKind kind, int chance, ImmutableList<Move> during, Duration length, ImmutableList<Move> after) {
    private static final int MOST_DURING = 4;
    private static final int MOST_AFTER = 3;
    private static final int SHORTEST_MILLIS = 100;
    private static final int LONGEST_MILLIS = 4_000;

    /** Something to be done to a container. */
    record Move(Operation operation, int container, int chance) {
        static Move draw(Random random) {
            return new Move(
                    Operation.values()[random.nextInt(Operation.values().length)],
                    random.nextInt(1_000),
                    random.nextInt(1_000));
        }

        SoakContainer of(Containers containers) {
            ImmutableList<SoakContainer> some = operation.among(containers);
            return some.get(container % some.size());
        }
    }

    static Turn draw(Random random, ImmutableList<FaultKind> kinds) {
        return new Turn(
                kinds.get(random.nextInt(kinds.size())),
                random.nextInt(1_000),
                moves(random, MOST_DURING),
                Duration.ofMillis(random.nextInt(SHORTEST_MILLIS, LONGEST_MILLIS)),
                moves(random, MOST_AFTER));
    }

    private static ImmutableList<Move> moves(Random random, int most) {
        int count = random.nextInt(most + 1);
        return IntStream.range(0, count).mapToObj(i -> Move.draw(random)).collect(toImmutableList());
    }
}
