package io.registrator.it;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.registrator.testing.DockerCli;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Containers of a soak: some that things are done to, and some that nobody touches. Knows by itself which services they
 * should give, from what the engine's own command line says of them.
 */
final class SoakContainers {
    static final String NODE = "soak";
    static final String ADDRESS = "192.0.2.10";
    private static final String NETWORK = "soak";
    private static final String OTHER_NETWORK = "elsewhere";
    private static final int PORT = 8080;
    private static final int MOVING = 10;
    private static final int STILL = 5;

    private final DockerCli docker;
    private final Random random;
    private final ImmutableList<String> still = names("still", STILL);
    private final ImmutableList<String> moving = names("moving", MOVING);
    private int renamed;

    SoakContainers(DockerCli docker, Random random) {
        this.docker = docker;
        this.random = random;
    }

    /** Makes all of them, and starts most. */
    void begin() {
        docker.docker("network", "create", NETWORK);
        docker.docker("network", "create", OTHER_NETWORK);
        still.forEach(name -> create(name, name));
        moving.forEach(name -> create(name, name));
    }

    /** The IDs of the services that must not change, whatever happens. */
    ImmutableList<String> untouched() {
        return still.stream().map(name -> NODE + ":" + name + ":" + PORT).collect(toImmutableList());
    }

    /** Does something to a container that may be touched; says what. */
    String operate() {
        Map<String, String> containers = containers();
        String name = moving.get(random.nextInt(moving.size()));
        String id = containers.get(name);
        if (id == null) {
            create(name, name);
            return "create";
        }
        return switch (random.nextInt(10)) {
            case 0 -> quietly("start", "start", id);
            case 1 -> quietly("stop", "stop", "--time=0", id);
            case 2 -> quietly("kill", "kill", id);
            case 3 -> quietly("restart", "restart", "--time=0", id);
            case 4 -> quietly("pause", "pause", id);
            case 5 -> quietly("unpause", "unpause", id);
            case 6 -> rename(id);
            case 7 -> recreate(name, id);
            case 8 -> quietly("connect", "network", "connect", OTHER_NETWORK, id);
            default -> quietly("disconnect", "network", "disconnect", "--force", OTHER_NETWORK, id);
        };
    }

    /** The same name may have another ID, and another one the name it had before. */
    private String rename(String id) {
        quietly("rename", "rename", id, "renamed-" + ++renamed);
        return "rename";
    }

    private String recreate(String name, String id) {
        quietly("remove", "rm", "--force", id);
        create(name, name + random.nextInt(3));
        return "recreate";
    }

    private void create(String name, String service) {
        docker.docker(
                "run",
                "--detach",
                "--name=" + name,
                "--network=" + NETWORK,
                "--publish=" + PORT,
                "--label=SERVICE_NAME=" + service,
                "--label=SERVICE_TAGS=a,b",
                DockerCli.BUSYBOX);
    }

    /** What cannot be done to a container in its state is nothing to wonder about. */
    private String quietly(String operation, String... command) {
        try {
            docker.docker(command);
        } catch (AssertionError notInThisState) {
            return operation + " (refused)";
        }
        return operation;
    }

    private Map<String, String> containers() {
        Map<String, String> containers = new HashMap<>();
        docker.docker("ps", "--all", "--no-trunc", "--format", "{{.Names}} {{.ID}}")
                .lines()
                .map(Splitter.on(' ')::splitToList)
                .forEach(line -> containers.put(line.getFirst(), line.getLast()));
        return containers;
    }

    /** What Consul should have, by ID: name, address and port. */
    ImmutableSortedMap<String, String> expected() {
        String running = docker.docker("ps", "--quiet");
        if (running.isEmpty()) {
            return ImmutableSortedMap.of();
        }
        String format = "{{.Name}} {{index .Config.Labels \"SERVICE_NAME\"}}"
                + " {{with index .NetworkSettings.Ports \"" + PORT + "/tcp\"}}{{(index . 0).HostPort}}{{end}}";
        ImmutableList<String> all = ImmutableList.<String>builder()
                .add("inspect", "--format", format)
                .addAll(running.lines().toList())
                .build();
        ImmutableSortedMap.Builder<String, String> services = ImmutableSortedMap.naturalOrder();
        docker.docker(all.toArray(String[]::new))
                .lines()
                .map(Splitter.on(' ')::splitToList)
                .filter(line -> !line.get(2).isEmpty())
                .forEach(line -> services.put(
                        NODE + ":" + line.get(0).substring(1) + ":" + PORT,
                        line.get(1) + " " + ADDRESS + ":" + line.get(2)));
        return services.buildOrThrow();
    }

    private static ImmutableList<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).collect(toImmutableList());
    }
}
