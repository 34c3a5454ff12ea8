package io.registrator.derive;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.registrator.derive.DeliberateDifferences.Difference;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The vectors once more, with containers that a real engine runs instead of recorded answers: each is made from a vector's
 * variables, labels, ports, bindings and networks, read by the docker adapter, and derived with the vector's flags. What the
 * engine chose itself (addresses, host ports, IDs) or had to be called otherwise (names) is put back before the comparison.
 *
 * <p>Left out, see {@link #CANNOT_BE_MADE}: an image by its digest, which an engine knows only of images that it pulled; a
 * binding without a host IP, for which it shows 0.0.0.0; an image without a tag; and templates that print what the engine adds.
 */
class EngineVectorsIT {
    private static final int AT_A_TIME = 4;

    /** Vectors whose input no engine shows here, with the reason. */
    private static final ImmutableMap<String, String> CANNOT_BE_MADE = ImmutableMap.<String, String>builder()
            .put("name-image-with-digest", "only a pull gives an image its digest")
            .put("name-image-is-sha256-id", "the image that is there has a tag, after which the service is named")
            .put("hostip-empty-string", "an engine shows 0.0.0.0 for it")
            .put("forcetags-template-httpget-jsonparse", "the daemon fetches, not the derivation")
            .put("forcetags-template-range-if", "an engine sets PATH too")
            .put("forcetags-template-variables-and-index", "an engine sets PATH too")
            .buildOrThrow();

    private static final Map<String, Future<ImmutableList<Registration>>> DERIVED = new ConcurrentHashMap<>();

    @BeforeAll
    static void makeThemAll() {
        try (EngineVectors engine = new EngineVectors();
                var threads = Executors.newFixedThreadPool(AT_A_TIME)) {
            for (Vector vector : vectors()) {
                Callable<ImmutableList<Registration>> derive = () -> engine.derive(vector);
                DERIVED.put(vector.name(), threads.submit(derive));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void derivesFromARealContainerWhatWasRecorded(Vector vector) throws Exception {
        Difference difference = DeliberateDifferences.BY_CASE.get(vector.name());
        ImmutableList<Registration> expected = difference == null
                ? vector.registrations()
                : difference.replacement().apply(vector.registrations());
        assertThat(derived(vector)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void leavesOutOnlyVectorsThatExist() {
        ImmutableSet<String> made = vectors().stream().map(Vector::name).collect(ImmutableSet.toImmutableSet());
        assertThat(Vector.all().stream().map(Vector::name).filter(name -> !made.contains(name)))
                .containsExactlyInAnyOrderElementsOf(CANNOT_BE_MADE.keySet());
    }

    static ImmutableList<Vector> vectors() {
        return Vector.all().stream()
                .filter(vector -> !CANNOT_BE_MADE.containsKey(vector.name()))
                .collect(toImmutableList());
    }

    private static ImmutableList<Registration> derived(Vector vector) throws Exception {
        try {
            return Objects.requireNonNull(DERIVED.get(vector.name())).get();
        } catch (ExecutionException e) {
            throw new AssertionError("cannot make " + vector, e.getCause());
        }
    }
}
