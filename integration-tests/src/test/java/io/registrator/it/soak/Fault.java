package io.registrator.it.soak;

/** Something that goes wrong for a while. */
interface Fault {
    /** It is wrong when this returns. */
    void begin() throws Exception;

    /** Nothing is wrong any more when this returns; what has to recover may begin to. */
    void end() throws Exception;

    /** One of these. */
    interface Step {
        void take() throws Exception;
    }

    static Fault of(Step begin, Step end) {
        return new Fault() {
            @Override
            public void begin() throws Exception {
                begin.take();
            }

            @Override
            public void end() throws Exception {
                end.take();
            }
        };
    }

    /** One that is over as soon as it has happened. */
    static Fault atOnce(Step step) {
        return of(step, () -> {});
    }
}
