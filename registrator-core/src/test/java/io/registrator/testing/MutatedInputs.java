package io.registrator.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The inputs that a fuzz target has kept, changed at random, for a few seconds: what every run of the tests can afford. The
 * fuzzer itself, which sees what an input reaches, is {@code scripts/fuzz.sh}.
 */
public final class MutatedInputs {
    /** For one input; a target that takes longer hangs. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int MOST_CHANGES = 6;
    private static final int MOST_REPEATED = 64;

    private final List<byte[]> inputs;
    private final SplittableRandom random;

    private MutatedInputs(List<byte[]> inputs, long seed) {
        this.inputs = inputs;
        this.random = new SplittableRandom(seed);
    }

    /** What is tried; whatever it throws is a finding. */
    public interface Target {
        void accept(byte[] input) throws Exception;
    }

    /**
     * Tries the inputs in this folder and what becomes of them, for this long.
     *
     * @return how many were tried
     * @throws AssertionError that holds the input by which the target failed
     */
    public static long tryFor(Duration time, Path inputs, long seed, Target target)
            throws IOException, InterruptedException {
        MutatedInputs mutated = new MutatedInputs(read(inputs), seed);
        long end = System.nanoTime() + time.toNanos();
        long tried = 0;
        while (System.nanoTime() < end) {
            attempt(target, mutated.next());
            tried++;
        }
        return tried;
    }

    private static List<byte[]> read(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            List<byte[]> inputs = files.sorted().map(MutatedInputs::bytes).toList();
            if (inputs.isEmpty()) {
                throw new IllegalArgumentException("no inputs in " + folder);
            }
            return inputs;
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void attempt(Target target, byte[] input) throws InterruptedException {
        FutureTask<Void> attempt = new FutureTask<>(() -> {
            target.accept(input);
            return null;
        });
        Thread thread = Thread.ofPlatform().daemon().start(attempt);
        try {
            attempt.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw finding("fails", input, Objects.requireNonNullElse(e.getCause(), e));
        } catch (TimeoutException e) {
            thread.interrupt();
            throw finding("takes more than " + PATIENCE, input, e);
        }
    }

    private static AssertionError finding(String what, byte[] input, Throwable cause) {
        return new AssertionError(what + " with " + Base64.getEncoder().encodeToString(input), cause);
    }

    private byte[] next() {
        byte[] input = any();
        int changes = random.nextInt(MOST_CHANGES);
        for (int i = 0; i < changes; i++) {
            input = changed(input);
        }
        return input;
    }

    private byte[] any() {
        return inputs.get(random.nextInt(inputs.size()));
    }

    private byte[] changed(byte[] input) {
        int from = random.nextInt(input.length + 1);
        int to = Math.min(input.length, from + random.nextInt(1, MOST_REPEATED));
        return switch (random.nextInt(5)) {
            case 0 -> joined(input, from, new byte[0], to);
            case 1 -> joined(input, from, new byte[] {(byte) random.nextInt(256)}, Math.min(from + 1, input.length));
            case 2 -> joined(input, from, part(any()), from);
            case 3 -> joined(input, to, part(input), to);
            default -> joined(input, from, repeated(input, from, to), to);
        };
    }

    /** Up to {@code from}, then the middle, then from {@code to} on. */
    private static byte[] joined(byte[] input, int from, byte[] middle, int to) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(input, 0, from);
        bytes.writeBytes(middle);
        bytes.write(input, to, input.length - to);
        return bytes.toByteArray();
    }

    private byte[] part(byte[] input) {
        int from = random.nextInt(input.length + 1);
        int length = Math.min(input.length - from, random.nextInt(1, MOST_REPEATED));
        return Arrays.copyOfRange(input, from, from + length);
    }

    private byte[] repeated(byte[] input, int from, int to) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int times = random.nextInt(1, MOST_REPEATED);
        for (int i = 0; i < times; i++) {
            bytes.write(input, from, to - from);
        }
        return bytes.toByteArray();
    }
}
