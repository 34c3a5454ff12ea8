package io.registrator.it.soak;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import io.registrator.testing.DockerCli;
import java.util.stream.IntStream;

/** Containers of one seed: some that things are done to, and some that nobody touches. */
final class Containers {
    static final String OTHER_NETWORK = "elsewhere";
    /** A container with this file is unhealthy. */
    static final String ILL = "/ill";

    static final int PORT = 8080;
    /** How the names of those begin that are well all the time, and say so. */
    static final String HALE = "hale";

    private static final String NETWORK = "soak";
    private static final String LABEL = "io.registrator.soak";
    private static final String HEALTH_IMAGE = "registrator-soak/health";
    private static final int MOVING = 8;
    private static final int MOVING_WITH_HEALTH = 3;
    private static final int STILL = 5;

    private final DockerCli docker;
    private final String label;
    private final ImmutableList<SoakContainer> moving;
    private final ImmutableList<SoakContainer> sickly;
    private final ImmutableList<SoakContainer> still;
    private final SoakContainer claimant;

    Containers(DockerCli docker, long seed) {
        this.docker = docker;
        this.label = LABEL + "=" + seed;
        this.sickly = some("sickly", MOVING_WITH_HEALTH, HEALTH_IMAGE);
        this.moving = ImmutableList.<SoakContainer>builder()
                .addAll(some("moving", MOVING, DockerCli.BUSYBOX))
                .addAll(sickly)
                .build();
        this.still = ImmutableList.<SoakContainer>builder()
                .addAll(some("still", STILL, DockerCli.BUSYBOX))
                .addAll(some(HALE, 1, HEALTH_IMAGE))
                .build();
        this.claimant = container("claimant", DockerCli.BUSYBOX, "--label=SERVICE_ID=" + ForeignServices.CLAIMED);
    }

    private ImmutableList<SoakContainer> some(String prefix, int count, String image) {
        return IntStream.range(0, count)
                .mapToObj(i -> container(prefix + i, image))
                .collect(toImmutableList());
    }

    private SoakContainer container(String name, String image, String... more) {
        ImmutableList<String> options = ImmutableList.<String>builder()
                .add("--network=" + NETWORK, "--publish=" + PORT, "--label=" + label, "--label=SERVICE_TAGS=a,b")
                .add(more)
                .add(image)
                .build();
        return new SoakContainer(docker, name, options);
    }

    /** Makes and starts all of them. */
    void begin() {
        docker.docker("network", "create", NETWORK);
        docker.docker("network", "create", OTHER_NETWORK);
        makeHealthImage();
        still.forEach(container -> container.create(0));
        moving.forEach(container -> container.create(0));
        claimant.create(0);
    }

    /** What has to fail several times and may take long does not fall ill because an engine was frozen. */
    private void makeHealthImage() {
        String template = docker.docker("create", DockerCli.BUSYBOX);
        String check =
                "HEALTHCHECK --interval=2s --timeout=20s --retries=3 CMD [\"/bin/busybox\",\"test\",\"!\",\"-e\",\""
                        + ILL + "\"]";
        docker.docker("commit", "--change", check, template, HEALTH_IMAGE);
        docker.remove(template);
    }

    /** Those that things may be done to. */
    ImmutableList<SoakContainer> moving() {
        return moving;
    }

    /** Those of them that have a health which can change. */
    ImmutableList<SoakContainer> sickly() {
        return sickly;
    }

    /** Those whose services must not change, whatever happens. */
    ImmutableList<SoakContainer> still() {
        return still;
    }

    /** The label of all of them. */
    String label() {
        return label;
    }
}
