package io.registrator.ops.explain;

import com.google.common.collect.ImmutableList;
import io.registrator.derive.Problem;
import io.registrator.model.CheckResult;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ObservedService;

/** Why something is, or is not, in the registry. */
public sealed interface Explanation {

    Headline headline();

    /**
     * A container that the engine has.
     *
     * @param ports in order; one entry without a port where the container has none
     * @param problems errors and warnings of its metadata
     */
    record OfContainer(
            Headline headline,
            ContainerSnapshot container,
            ImmutableList<PortExplanation> ports,
            ImmutableList<Problem> problems)
            implements Explanation {}

    /** A service of the registry that no container of this engine gives. */
    record OfService(Headline headline, ObservedService service, ImmutableList<CheckResult> checks, Reach reach)
            implements Explanation {}
}
