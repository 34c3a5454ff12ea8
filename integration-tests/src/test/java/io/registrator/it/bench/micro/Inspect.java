package io.registrator.it.bench.micro;

import io.registrator.engine.docker.InspectAnswers;
import io.registrator.model.ContainerSnapshot;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** An inspect's answer, a real engine's of 8 KB → a snapshot. */
@State(Scope.Benchmark)
public class Inspect {
    private final byte[] answer = InspectAnswers.recorded(Containers.ANSWER);

    @Benchmark
    public ContainerSnapshot read() throws IOException {
        return InspectAnswers.read(answer, false);
    }

    /** As it is read where a template may ask for anything. */
    @Benchmark
    public ContainerSnapshot readWhole() throws IOException {
        return InspectAnswers.read(answer, true);
    }
}
