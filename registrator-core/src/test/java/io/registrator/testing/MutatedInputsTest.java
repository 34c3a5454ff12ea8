package io.registrator.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.io.Resources;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A few seconds of each fuzz target in every run of the tests, each time with another seed. */
final class MutatedInputsTest {
    private static final Duration EACH = Duration.ofSeconds(2);

    @ParameterizedTest
    @CsvSource({
        "app.config.AddressFuzzTest, reads, reads",
        "derive.DerivationFuzzTest, derives, derives",
        "engine.docker.EngineJsonFuzzTest, readsInspects, readsInspects",
        "engine.docker.EngineJsonFuzzTest, keepsWholeInspects, readsInspects",
        "engine.docker.EngineJsonFuzzTest, readsListings, readsListings",
        "engine.docker.EngineJsonFuzzTest, readsEvents, readsEvents",
        "derive.template.TemplateFuzzTest, renders, renders"
    })
    void areUnderstoodOrRefused(String type, String method, String inputs) throws Exception {
        Path folder = inputs(type, inputs);
        long seed = System.nanoTime();

        assertThat(MutatedInputs.tryFor(EACH, folder, seed, target(type, method)))
                .isGreaterThan(10);
    }

    @Test
    void showTheInputByWhichATargetFails() {
        assertThatThrownBy(() ->
                        MutatedInputs.tryFor(EACH, inputs("derive.template.TemplateFuzzTest", "renders"), 1, input -> {
                            throw new IllegalStateException("found");
                        }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("fails with ")
                .hasRootCauseMessage("found");
    }

    @Test
    void areTheSameOfTheSameSeed() throws Exception {
        Deque<String> first = new ArrayDeque<>();
        Deque<String> second = new ArrayDeque<>();
        Path folder = inputs("app.config.AddressFuzzTest", "reads");
        MutatedInputs.tryFor(Duration.ofMillis(300), folder, 7, input -> first.add(new String(input, ISO_8859_1)));
        MutatedInputs.tryFor(Duration.ofMillis(300), folder, 7, input -> second.add(new String(input, ISO_8859_1)));

        while (!first.isEmpty() && !second.isEmpty()) {
            assertThat(second.removeFirst()).isEqualTo(first.removeFirst());
        }
    }

    private static Path inputs(String type, String name) throws Exception {
        String folder = "io/registrator/" + type.replace('.', '/') + "Inputs/" + name;
        return Path.of(Resources.getResource(folder).toURI());
    }

    private static MutatedInputs.Target target(String type, String name) throws Exception {
        Class<?> owner = Class.forName("io.registrator." + type);
        Constructor<?> constructor = owner.getDeclaredConstructor();
        constructor.setAccessible(true);
        Object target = constructor.newInstance();
        Method method = owner.getDeclaredMethod(name, byte[].class);
        method.setAccessible(true);
        return input -> call(target, method, input);
    }

    private static void call(Object target, Method method, byte[] input) throws Exception {
        try {
            method.invoke(target, (Object) input);
        } catch (InvocationTargetException e) {
            throw new AssertionError(Objects.requireNonNullElse(e.getCause(), e));
        }
    }
}
