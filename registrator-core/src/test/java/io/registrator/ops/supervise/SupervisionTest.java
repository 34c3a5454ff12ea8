package io.registrator.ops.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.registrator.testing.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SupervisionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration PERIOD = Duration.ofMillis(5);

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Runnable> questions = new LinkedBlockingQueue<>();
    private final Supervision supervision = new Supervision(
            ImmutableList.of(new Supervisor() {
                @Override
                public void started() {
                    told.add("started");
                }

                @Override
                public void alive() {
                    told.add("alive");
                }

                @Override
                public void stopping() {
                    told.add("stopping");
                }
            }),
            PERIOD);

    @BeforeEach
    void start() {
        supervision.begin();
    }

    @AfterEach
    void close() {
        supervision.close();
    }

    @Test
    void passesOnASignOfLifeForEachRoundThatWasAskedForAndDone() throws InterruptedException {
        supervision.watch(questions::add);

        nextQuestion().run();
        Await.until("a sign of life", PATIENCE, () -> told.size() == 1);
        nextQuestion().run();
        Await.until("another", PATIENCE, () -> told.size() == 2);

        assertThat(told).containsOnly("alive");
    }

    @Test
    void givesNoSignAndDoesNotAskAgainWhileTheWorkerIsStuck() throws InterruptedException {
        supervision.watch(questions::add);

        nextQuestion();

        assertThat(questions.poll(20 * PERIOD.toMillis(), TimeUnit.MILLISECONDS))
                .isNull();
        assertThat(told).isEmpty();
    }

    @Test
    void asksTheNextWorkerEvenIfTheLastOneNeverAnswered() throws InterruptedException {
        supervision.watch(questions::add);
        Runnable late = nextQuestion();

        BlockingQueue<Runnable> questionsToNext = new LinkedBlockingQueue<>();
        supervision.watch(questionsToNext::add);
        Runnable answer = questionsToNext.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        late.run();
        answer.run();
        Await.until("a sign of life", PATIENCE, () -> !told.isEmpty());
        supervision.close();

        assertThat(told).containsExactly("alive");
    }

    @Test
    void passesOnWhatWasSaidBeforeItIsClosed() {
        supervision.started();
        supervision.stopping();
        supervision.close();

        assertThat(told).containsExactly("started", "stopping");
    }

    private Runnable nextQuestion() throws InterruptedException {
        Runnable question = questions.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(question).as("a question within " + PATIENCE).isNotNull();
        return question;
    }
}
