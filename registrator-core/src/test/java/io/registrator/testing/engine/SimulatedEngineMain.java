package io.registrator.testing.engine;

import java.nio.file.Path;

/**
 * A simulated engine as a process of its own, with containers {@code c0}, {@code c1} ... that run and publish their port 80
 * at one host port after the other. Prints {@code ready} when it listens, and ends when it is told to by a signal.
 */
public final class SimulatedEngineMain {
    private static final int HIGHEST_PORT = 65_535;

    private SimulatedEngineMain() {}

    /** @param arguments the socket's path, how many containers, the first host port, and maybe the API's version */
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length < 3) {
            System.err.println("usage: SimulatedEngineMain SOCKET CONTAINERS FIRST-HOST-PORT [1.41|1.44|1.52]");
            System.exit(2);
        }
        SimulatedEngine engine = SimulatedEngine.at(
                Path.of(arguments[0]), version(arguments.length > 3 ? arguments[3] : ApiVersion.V1_41.text()));
        Runtime.getRuntime().addShutdownHook(new Thread(engine::stop));
        run(engine, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        System.out.println("ready");
        Thread.currentThread().join();
    }

    /** Past the highest port it begins at the first again: a registry does not mind. */
    private static void run(SimulatedEngine engine, int count, int firstPort) {
        for (int i = 0; i < count; i++) {
            int port = firstPort + i % (HIGHEST_PORT - firstPort + 1);
            engine.run(
                    ContainerSpec.named("c" + i).env("SERVICE_NAME=simulated").publish(80, port));
        }
    }

    private static ApiVersion version(String text) {
        for (ApiVersion version : ApiVersion.values()) {
            if (version.text().equals(text)) {
                return version;
            }
        }
        throw new IllegalArgumentException("not simulated: API " + text);
    }
}
