package io.registrator.it.stacks;

import io.registrator.it.RegistratorImage;
import io.registrator.testing.Command;
import io.registrator.testing.DockerCli;
import io.registrator.testing.EngineProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A host for the examples, which name images, ports and addresses as they like: an engine of their own, with bridges and packet
 * filter, in a network of its own that one link joins to this machine. So nothing of this machine gets in their way, and they
 * take nothing of it. The images that they name are there under these names: made here, on this engine alone.
 */
final class ExampleHost implements AutoCloseable {
    /** Where published ports answer. */
    static final String ADDRESS = "198.18.77.2";

    private static final String OUR_END = "198.18.77.1";
    private static final String LINK = "rg-examples";
    private static final Duration LOADING = Duration.ofMinutes(3);
    private static final String STAND_INS = System.getenv("REGISTRATOR_TEST_EXAMPLE_IMAGES");

    private final Turn turn;
    private final EngineProcess engine;
    private final String registrator;

    private ExampleHost(Turn turn, EngineProcess engine, String registrator) {
        this.turn = turn;
        this.engine = engine;
        this.registrator = registrator;
    }

    /** Starts it, with all images. */
    static ExampleHost start() throws IOException {
        String registrator = RegistratorImage.build();
        Turn turn = Turn.take();
        String driver = DockerCli.ofThisMachine().docker("info", "--format", "{{.Driver}}");
        ExampleHost host = new ExampleHost(
                turn,
                EngineProcess.startAtTheUsualPath(
                        "--bridge=docker0",
                        "--iptables=true",
                        "--ip-forward=true",
                        "--storage-driver=" + driver,
                        "--dns=" + OUR_END),
                registrator);
        try {
            host.link();
            host.load();
            return host;
        } catch (RuntimeException | Error e) {
            host.close();
            throw e;
        }
    }

    DockerCli docker() {
        return engine.cli();
    }

    /** Lets this machine reach the containers of a network there, as the host itself does. */
    void reach(String network) {
        Command.of("ip", "route", "replace", network, "via", ADDRESS, "dev", LINK)
                .output();
    }

    /** A container's address in its only network. */
    String address(String container) {
        return docker().docker(
                        "inspect", "--format", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", container);
    }

    /** The image that a compose file of this project would build for a service. */
    void provide(String project, String service, String standIn) {
        docker().docker("tag", STAND_INS + "-" + standIn, project + "_" + service);
    }

    /** Registrator's image, under this name. */
    void nameRegistrator(String name) {
        docker().docker("tag", registrator, name);
    }

    /** Registrator's image as the compose file of this project would build it. */
    void provideRegistrator(String project) {
        nameRegistrator(project + "_registrator");
    }

    private void link() {
        Command.of("ip", "link", "delete", LINK).run();
        Command.of("ip", "link", "add", LINK, "type", "veth", "peer", "name", "uplink", "netns", pid())
                .output();
        Command.of("ip", "address", "add", OUR_END + "/30", "dev", LINK).output();
        Command.of("ip", "link", "set", LINK, "up").output();
        within("ip", "link", "set", "lo", "up");
        within("ip", "address", "add", ADDRESS + "/30", "dev", "uplink");
        within("ip", "link", "set", "uplink", "up");
        within("ip", "route", "add", "default", "via", OUR_END);
        within("iptables", "-I", "DOCKER-USER", "-i", "uplink", "-j", "ACCEPT");
    }

    private String pid() {
        return String.valueOf(engine.pid());
    }

    private void within(String... command) {
        List<String> all = new ArrayList<>(List.of("nsenter", "--net", "--target", pid()));
        all.addAll(List.of(command));
        Command.of(all).output();
    }

    private void load() {
        String consul = System.getenv("REGISTRATOR_TEST_CONSUL_IMAGE");
        String names = "%1$s-nginx %1$s-haproxy %1$s-consul-template %1$s-upsync %2$s %3$s"
                .formatted(STAND_INS, consul, registrator);
        String pipe = "docker --host %s save %s | docker --host %s load"
                .formatted(DockerCli.ofThisMachine().host(), names, engine.host());
        Command.of("sh", "-c", pipe).within(LOADING).output();
        docker().docker("tag", consul, "hashicorp/consul:1.20");
        docker().docker("tag", STAND_INS + "-nginx", "nginx:alpine");
        docker().docker("tag", STAND_INS + "-haproxy", "haproxy:2.8");
        docker().docker("tag", STAND_INS + "-consul-template", "hashicorp/consul-template:0.39");
    }

    @Override
    public void close() {
        try {
            engine.close();
        } finally {
            Command.of("ip", "link", "delete", LINK).run();
            turn.close();
        }
    }
}
