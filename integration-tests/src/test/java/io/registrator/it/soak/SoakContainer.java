package io.registrator.it.soak;

import com.google.common.collect.ImmutableList;
import io.registrator.testing.DockerCli;

/** A container, under whatever name and ID, that comes and goes. */
final class SoakContainer {
    private final DockerCli docker;
    private final String name;
    private final ImmutableList<String> options;
    private String id = "";

    /** @param options of {@code docker run}, image included */
    SoakContainer(DockerCli docker, String name, ImmutableList<String> options) {
        this.docker = docker;
        this.name = name;
        this.options = options;
    }

    /** The name that it was given first. */
    String name() {
        return name;
    }

    /** Empty while there is none. */
    String id() {
        return id;
    }

    /** Makes it and starts it, in the place of the one that was there. */
    void create(int variant) {
        remove();
        id = docker.docker(ImmutableList.<String>builder()
                .add("run", "--detach", "--name=" + name)
                .add("--label=SERVICE_NAME=" + name + (variant == 0 ? "" : "-v" + variant))
                .addAll(options)
                .build()
                .toArray(String[]::new));
    }

    void remove() {
        docker.remove(id.isEmpty() ? name : id);
        id = "";
    }

    void docker(String... command) {
        docker.docker(command);
    }
}
