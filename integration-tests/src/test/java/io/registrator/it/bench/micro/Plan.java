package io.registrator.it.bench.micro;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import io.registrator.derive.Deriver;
import io.registrator.model.ObservedService;
import io.registrator.model.ServiceDefinition;
import io.registrator.plan.Decision;
import io.registrator.plan.DeregisterPolicy;
import io.registrator.plan.PlanPolicy;
import io.registrator.plan.Planner;
import java.util.Optional;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** What is wanted and what Consul has → what to do. */
@State(Scope.Benchmark)
public class Plan {
    private static final int SERVICES = 1_000;

    private final Planner planner = new Planner(new PlanPolicy("bench", DeregisterPolicy.ALWAYS, false));
    private final ImmutableList<Pair> all = pairs();
    private final Pair one = all.getFirst();

    /** Of one service: as it is wanted, and as it is there after that has been applied. */
    private record Pair(ServiceDefinition wanted, ObservedService there) {}

    @Benchmark
    public Decision unchanged() {
        return planner.decide(one.wanted.id(), one.wanted, one.there, null);
    }

    @Benchmark
    public Decision fresh() {
        return planner.decide(one.wanted.id(), one.wanted, null, null);
    }

    /** A pass over a thousand services, all of which are as they should be. */
    @Benchmark
    public void pass(Blackhole decisions) {
        for (Pair pair : all) {
            decisions.consume(planner.decide(pair.wanted.id(), pair.wanted, pair.there, null));
        }
    }

    private ImmutableList<Pair> pairs() {
        Deriver deriver = new Deriver(Derive.settings());
        return IntStream.range(0, SERVICES)
                .mapToObj(number -> deriver.derive(Containers.numbered(number), reference -> Optional.empty()))
                .map(derivation -> pair(derivation.services().getFirst().definition()))
                .collect(toImmutableList());
    }

    private Pair pair(ServiceDefinition wanted) {
        Decision.Register first = (Decision.Register) planner.decide(wanted.id(), wanted, null, null);
        ObservedService there = first.definition().asObserved();
        if (planner.decide(wanted.id(), wanted, there, null) instanceof Decision.InSync) {
            return new Pair(wanted, there);
        }
        throw new IllegalStateException("not in sync after its registration: " + wanted);
    }
}
