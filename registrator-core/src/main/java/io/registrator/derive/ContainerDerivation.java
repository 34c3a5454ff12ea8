package io.registrator.derive;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import io.registrator.model.ContainerRef;

/**
 * What becomes of one container: every candidate port is either a service or left out. Ordered by port number, then
 * protocol.
 *
 * @param leftOut exactly one entry where the container has no candidate port
 * @param problems errors and warnings, those of the container as a whole first
 */
public record ContainerDerivation(
        ContainerRef container,
        ImmutableList<DerivedService> services,
        ImmutableList<LeftOut> leftOut,
        ImmutableList<Problem> problems) {

    static ContainerDerivation of(
            ContainerRef container, ImmutableList<PortOutcome> outcomes, ImmutableList<Problem> problems) {
        return new ContainerDerivation(
                container, only(DerivedService.class, outcomes), only(LeftOut.class, outcomes), problems);
    }

    /**
     * What becomes of a container that could not be derived.
     *
     * @param kept the services that it keeps all the same
     */
    public static ContainerDerivation broken(
            ContainerRef container, ImmutableList<DerivedService> kept, Throwable bug) {
        Problem problem = new Problem(
                Problem.Severity.ERROR, container, null, "internal error", "please report this bug: " + bug);
        ImmutableList<LeftOut> leftOut = kept.isEmpty()
                ? ImmutableList.of(new LeftOut(null, LeftOut.Reason.INVALID, "an internal error: " + bug))
                : ImmutableList.of();
        return new ContainerDerivation(container, kept, leftOut, ImmutableList.of(problem));
    }

    /** What keeps services out. */
    public ImmutableList<Problem> errors() {
        return problems.stream().filter(Problem::isError).collect(toImmutableList());
    }

    /** How many ports of it wait until the host's address is known. */
    public int awaitingHostAddress() {
        return (int) leftOut.stream()
                .filter(port -> port.reason() == LeftOut.Reason.NO_HOST_ADDRESS)
                .count();
    }

    /** Whether services of it wait until the host's address is known. */
    public boolean awaitsHostAddress() {
        return awaitingHostAddress() > 0;
    }

    private static <T extends PortOutcome> ImmutableList<T> only(Class<T> kind, ImmutableList<PortOutcome> outcomes) {
        return outcomes.stream().filter(kind::isInstance).map(kind::cast).collect(toImmutableList());
    }
}
