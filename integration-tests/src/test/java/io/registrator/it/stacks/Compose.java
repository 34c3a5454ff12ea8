package io.registrator.it.stacks;

import io.registrator.testing.Command;
import io.registrator.testing.DockerCli;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** One compose file as it is shipped, by {@code docker-compose}. */
final class Compose implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final DockerCli docker;
    private final Path file;

    Compose(DockerCli docker, Path file) {
        this.docker = docker;
        this.file = file;
    }

    /** What docker-compose puts before the names of all that it makes. */
    String project() {
        return file.getName(file.getNameCount() - 2).toString();
    }

    /** {@code docker-compose ARGUMENTS}; what it printed. */
    String run(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker-compose", "--ansi", "never", "--file", file.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command);
        process.environment().put("DOCKER_HOST", docker.host().toString());
        process.environment().remove("COMPOSE_PROJECT_NAME");
        return Command.of(process).within(PATIENCE).output();
    }

    /** {@code up}, with so many containers of this service. */
    void scale(String service, int count) {
        run("up", "--detach", "--scale", service + "=" + count);
    }

    /** The containers of a service by their short IDs, which are also their host names. */
    Set<String> containers(String service) {
        Set<String> ids = new TreeSet<>();
        run("ps", "--quiet", service).lines().map(id -> id.substring(0, 12)).forEach(ids::add);
        return ids;
    }

    /** The only container of a service. */
    String container(String service) {
        return containers(service).iterator().next();
    }

    /** What a command in the only container of a service prints. */
    String exec(String service, String... command) {
        List<String> all = new ArrayList<>(List.of("exec", container(service)));
        all.addAll(List.of(command));
        return docker.docker(all.toArray(String[]::new));
    }

    @Override
    public void close() {
        run("down", "--volumes", "--timeout", "1");
    }
}
