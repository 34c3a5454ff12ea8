package io.registrator.net.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DeadlinesTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final Deadlines deadlines = new Deadlines();
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void close() {
        deadlines.close();
    }

    @Test
    void runsACallOnItsCallersOwnVirtualThread() throws Exception {
        assertThat(onVirtualThread(
                        () -> deadlines.call(LONG, Thread::currentThread).equals(Thread.currentThread())))
                .isTrue();
    }

    @Test
    void runsACallOfAnotherThreadOnAVirtualOne() throws Exception {
        assertThat(deadlines.call(LONG, Thread::currentThread).isVirtual()).isTrue();
    }

    @Test
    void keepsNothingOfCallsThatAreOver() throws Exception {
        for (int i = 0; i < 1000; i++) {
            deadlines.call(LONG, () -> "done");
        }

        assertThat(deadlines.waiting()).isLessThanOrEqualTo(1);
    }

    @Test
    void endsWhatTakesTooLong() {
        assertThatThrownBy(() -> deadlines.call(SHORT, this::waitForEver)).isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> onVirtualThread(() -> deadlines.call(SHORT, this::waitForEver)))
                .hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void leavesNoInterruptBehind() throws Exception {
        assertThat(onVirtualThread(() -> {
                    assertThatThrownBy(() -> deadlines.call(SHORT, this::waitForEver))
                            .isInstanceOf(TimeoutException.class);
                    return Thread.currentThread().isInterrupted();
                }))
                .isFalse();
    }

    @Test
    void takesAnAnswerThatCameAllTheSame() throws Exception {
        assertThat(onVirtualThread(() -> {
                    String answer = deadlines.call(SHORT, () -> {
                        assertThatThrownBy(this::waitForEver).isInstanceOf(InterruptedException.class);
                        return "late";
                    });
                    return answer + Thread.currentThread().isInterrupted();
                }))
                .isEqualTo("latefalse");
    }

    @Test
    void passesOnWhatACallThrows() {
        Callable<String> failing = () -> {
            throw new IOException("broken");
        };

        assertThatThrownBy(() -> deadlines.call(LONG, failing))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessage("broken");
        assertThatThrownBy(() -> onVirtualThread(() -> deadlines.call(LONG, failing)))
                .cause()
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void endsACallWhoseCallerIsInterrupted() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var call = threads.submit(() -> deadlines.call(LONG, () -> {
                begun.countDown();
                return waitForEver();
            }));
            begun.await();
            threads.shutdownNow();

            assertThatThrownBy(call::get).hasCauseInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void setsOffAnAlarm() throws Exception {
        CountDownLatch cut = new CountDownLatch(1);

        try (Deadlines.Alarm ignored = deadlines.set(SHORT, cut::countDown)) {
            cut.await();
        }
    }

    private String waitForEver() throws InterruptedException {
        never.await();
        return "";
    }

    private static <T> T onVirtualThread(Callable<T> work) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.submit(work).get();
        }
    }
}
