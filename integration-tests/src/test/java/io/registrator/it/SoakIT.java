package io.registrator.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Stopwatch;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.gson.JsonObject;
import io.registrator.testing.ConsulAgentProcess;
import io.registrator.testing.EngineProcess;
import io.registrator.testing.SocketRelay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Does to containers whatever can be done to them, while engine, agent, network and the daemon itself fail, and at every
 * quiet point compares Consul with the engine. {@code -Dsoak.seconds} says how long, {@code -Dsoak.seed} replays a run, {@code
 * -Dsoak.faults} takes some of the faults only, {@code -Dsoak.timed} holds it to the times that each may take. The containers outlive their engine (live restore), so that none of the
 * services that nobody touches may ever change.
 */
class SoakIT {
    private static final Duration TIME = Duration.ofSeconds(Long.getLong("soak.seconds", 60));
    private static final long SEED = Long.getLong("soak.seed", System.nanoTime());
    private static final boolean TIMED = Boolean.getBoolean("soak.timed");
    private static final Path REPORT = Path.of("target", "soak.md");
    private static final String FOREIGN = "vault:10.0.0.9:8200";
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Random random = new Random(SEED);
    private final List<String> history = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();
    private final Map<String, Integer> operations = new TreeMap<>();
    private final Map<String, Duration> worst = new TreeMap<>();
    private final Map<String, Integer> counts = new TreeMap<>();

    @Test
    void equalsTheEngineWhateverFails() throws Exception {
        System.out.println("soak: seed " + SEED + ", " + TIME.toSeconds() + " s");
        try (ConsulAgentProcess consul = ConsulAgentProcess.running();
                EngineProcess engine = EngineProcess.start("--live-restore");
                SocketRelay relay = SocketRelay.to(engine.host());
                ChaosProxy proxy = new ChaosProxy(consul.address().getPort());
                SoakDaemon daemon = new SoakDaemon(relay.uri(), proxy.uri())) {
            SoakContainers containers = new SoakContainers(engine.cli(), random);
            SoakFaults faults = new SoakFaults(engine, consul, relay, proxy, daemon, random);
            Agent agent = Agent.of(consul);
            containers.begin();
            registerForeign(agent);
            daemon.start();
            try (FlapWatch watch = new FlapWatch(agent, watched(containers))) {
                converge("start", agent, containers, Duration.ofSeconds(10));
                watch.begin();
                soak(agent, containers, faults, watch);
                troubles.addAll(watch.flaps());
                report(watch.looks());
            } finally {
                Files.writeString(Path.of("target", "soak-registrator.log"), daemon.log());
            }
        }
        assertThat(troubles).as("seed %s, after %s", SEED, history).isEmpty();
    }

    private void soak(Agent agent, SoakContainers containers, SoakFaults faults, FlapWatch watch) throws Exception {
        List<String> chosen = chosen(faults);
        Stopwatch time = Stopwatch.createStarted();
        while (time.elapsed().compareTo(TIME) < 0 && troubles.isEmpty()) {
            String name = chosen.get(random.nextInt(chosen.size()));
            SoakFaults.Fault fault = faults.named(name);
            if (fault.losesServices()) {
                watch.suspend();
            }
            boolean engineIsThere = !name.startsWith("engine");
            history.add(name);
            fault.begin().take();
            operate(containers, engineIsThere ? random.nextInt(4) : 0);
            Thread.sleep(random.nextInt(1500));
            fault.end().take();
            operate(containers, random.nextInt(3));
            if (fault.losesServices()) {
                registerForeign(agent);
            }
            converge(name, agent, containers, fault.patience());
            if (fault.losesServices()) {
                watch.begin();
            }
        }
    }

    private static List<String> chosen(SoakFaults faults) {
        String only = System.getProperty("soak.faults", "");
        return only.isEmpty()
                ? faults.names()
                : faults.names().stream().filter(name -> name.contains(only)).toList();
    }

    private void operate(SoakContainers containers, int count) {
        for (int i = 0; i < count; i++) {
            String done = containers.operate();
            history.add(done);
            operations.merge(done, 1, Integer::sum);
        }
    }

    /** Until Consul equals the engine; how long that took after the fault's end. */
    private void converge(String fault, Agent agent, SoakContainers containers, Duration allowed) throws Exception {
        Stopwatch time = Stopwatch.createStarted();
        ImmutableSortedMap<String, String> expected = containers.expected();
        Map<String, String> seen = Map.of();
        while (time.elapsed().compareTo(LONGEST) < 0) {
            seen = seen(agent);
            if (seen.equals(expected)) {
                break;
            }
            Thread.sleep(20);
        }
        Duration took = time.elapsed();
        counts.merge(fault, 1, Integer::sum);
        worst.merge(fault, took, (one, other) -> one.compareTo(other) > 0 ? one : other);
        if (!seen.equals(expected)) {
            troubles.add("after " + fault + " Consul has " + seen + ", and the engine " + expected);
        } else if (TIMED && took.compareTo(allowed) > 0) {
            troubles.add("after " + fault + " it took " + took);
        }
    }

    private static Map<String, String> seen(Agent agent) throws InterruptedException {
        Map<String, String> seen = new TreeMap<>();
        try {
            agent.services().forEach((id, service) -> {
                if (!id.equals(FOREIGN)) {
                    seen.put(id, text(service));
                }
            });
        } catch (IOException away) {
            seen.put("nothing", away.toString());
        }
        return seen;
    }

    private static String text(JsonObject service) {
        return service.get("Service").getAsString() + " "
                + service.get("Address").getAsString() + ":"
                + service.get("Port").getAsInt();
    }

    private static void registerForeign(Agent agent) throws IOException, InterruptedException {
        agent.register("{\"ID\": \"" + FOREIGN + "\", \"Name\": \"vault\", \"Address\": \"10.0.0.9\", \"Port\": 8200}");
    }

    private static List<String> watched(SoakContainers containers) {
        return ImmutableList.<String>builder()
                .addAll(containers.untouched())
                .add(FOREIGN)
                .build();
    }

    private void report(long looks) throws IOException {
        StringBuilder table = new StringBuilder("seed " + SEED + ", " + TIME.toSeconds() + " s, "
                + operations.values().stream().mapToInt(Integer::intValue).sum() + " operations " + operations + ", "
                + looks
                + " looks at untouched services\n\n| fault | times | worst time to converge, ms |\n|---|---|---|\n");
        worst.forEach((fault, took) ->
                table.append("| %s | %d | %d |%n".formatted(fault, counts.getOrDefault(fault, 0), took.toMillis())));
        table.append("%n%d divergences or flaps%n".formatted(troubles.size()));
        troubles.forEach(trouble -> table.append(trouble).append('\n'));
        Files.writeString(REPORT, table);
        System.out.println(table);
    }
}
