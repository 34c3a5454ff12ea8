package io.registrator.reconcile;

import io.registrator.model.Failure;

/** Why a peer is not to be relied on for a while. */
public sealed interface PeerFault {
    /** One line for people. */
    String message();

    /** It was asked something, and gave no answer, or none that helps. */
    record NoAnswer(Failure why) implements PeerFault {
        @Override
        public String message() {
            return why.message();
        }
    }

    /** Its event stream has ended, and is opened anew. */
    record StreamEnded(Failure why) implements PeerFault {
        @Override
        public String message() {
            return why.message();
        }
    }

    /** Its event stream is open and tells nothing of what happens: it is opened anew. */
    record StreamSilent() implements PeerFault {
        @Override
        public String message() {
            return "its event stream told nothing of containers that have changed";
        }
    }
}
