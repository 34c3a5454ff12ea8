package io.registrator.supervise;

import io.registrator.model.Failure;
import io.registrator.reconcile.PassSummary;
import io.registrator.reconcile.ReconcileObserver;

/** Puts what the loop does into a few words: what is out of reach, or else what the last full pass found. */
public final class StatusLine implements ReconcileObserver {
    private final Supervision supervision;
    private String engine = "";
    private String registry = "";
    private String found = "the first full pass is under way";

    public StatusLine(Supervision supervision) {
        this.supervision = supervision;
        say();
    }

    @Override
    public void engineConnected() {
        engine = "";
        say();
    }

    @Override
    public void engineUnreachable(Failure why, int attempt) {
        engine = "the engine does not answer: " + why.message() + "; ";
        say();
        supervision.started();
    }

    @Override
    public void registryConnected() {
        registry = "";
        say();
    }

    @Override
    public void registryUnreachable(Failure why, int attempt) {
        registry = "the registry does not answer: " + why.message() + "; ";
        say();
        supervision.started();
    }

    @Override
    public void passCompleted(PassSummary summary) {
        found = summary.found() + (summary.unsettled() == 0 ? "" : ", " + summary.unsettled() + " with trouble");
        say();
        supervision.started();
    }

    private void say() {
        supervision.status(engine + registry + found);
    }
}
