package io.registrator.reconcile;

import java.util.ArrayList;
import java.util.List;

/** Keeps what goes wrong over one thing from taking others with it, and knows whether a whole step went well. */
final class StepErrors {
    private final ReconcileObserver observer;
    private final Runnable lookAgain;
    private final List<Runnable> afterCleanStep = new ArrayList<>();
    private boolean stumbled;

    /** @param lookAgain runs after each error, of which nobody knows what it left undone */
    StepErrors(ReconcileObserver observer, Runnable lookAgain) {
        this.observer = observer;
        this.lookAgain = lookAgain;
    }

    void beginStep() {
        stumbled = false;
    }

    /** Whoever waits for a step without error has waited for this one, if it was. */
    void endStep() {
        if (!stumbled) {
            afterCleanStep.forEach(Runnable::run);
            afterCleanStep.clear();
        }
    }

    void afterCleanStep(Runnable done) {
        afterCleanStep.add(done);
    }

    void run(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | Error bug) {
            failed(bug);
        }
    }

    /** Throws what leaves the runtime itself in doubt. */
    void failed(Throwable bug) {
        if (bug instanceof VirtualMachineError end && !(bug instanceof StackOverflowError)) {
            throw end;
        }
        stumbled = true;
        observer.internalError(bug instanceof RuntimeException e ? e : new IllegalStateException(bug));
        lookAgain.run();
    }
}
