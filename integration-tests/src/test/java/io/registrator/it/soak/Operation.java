package io.registrator.it.soak;

import com.google.common.collect.ImmutableList;
import java.util.Locale;

/** What people and schedulers do to containers. */
@SuppressWarnings("ImmutableEnumChecker") // lambdas that hold nothing
enum Operation {
    START((container, chance) -> container.docker("start", container.id())),
    STOP((container, chance) -> container.docker("stop", "--time=0", container.id())),
    KILL((container, chance) -> container.docker("kill", container.id())),
    RESTART((container, chance) -> container.docker("restart", "--time=0", container.id())),
    PAUSE((container, chance) -> container.docker("pause", container.id())),
    UNPAUSE((container, chance) -> container.docker("unpause", container.id())),
    RENAME((container, chance) -> container.docker("rename", container.id(), container.name() + "-r" + chance)),
    RECREATE((container, chance) -> container.create(chance % 3)),
    REMOVE((container, chance) -> container.remove()),
    CONNECT((container, chance) -> container.docker("network", "connect", Containers.OTHER_NETWORK, container.id())),
    DISCONNECT((container, chance) ->
            container.docker("network", "disconnect", "--force", Containers.OTHER_NETWORK, container.id())),
    SICKEN((container, chance) -> container.docker("exec", container.id(), "/bin/busybox", "touch", Containers.ILL)),
    CURE((container, chance) -> container.docker("exec", container.id(), "/bin/busybox", "rm", "-f", Containers.ILL));

    private final Deed deed;

    private interface Deed {
        void to(SoakContainer container, int chance);
    }

    Operation(Deed deed) {
        this.deed = deed;
    }

    /** Which of the containers it makes sense for. */
    ImmutableList<SoakContainer> among(Containers containers) {
        return this == SICKEN || this == CURE ? containers.sickly() : containers.moving();
    }

    /**
     * What cannot be done to a container in its state is nothing to wonder about; one that is not there is made instead.
     *
     * @param chance decides what the operation leaves open
     * @return what was done
     */
    String on(SoakContainer container, int chance) {
        boolean isThere = !container.id().isEmpty();
        String name = isThere ? name().toLowerCase(Locale.ROOT) : "create";
        try {
            (isThere ? deed : RECREATE.deed).to(container, chance);
            return name;
        } catch (AssertionError notInThisState) {
            return name + " (refused)";
        }
    }
}
