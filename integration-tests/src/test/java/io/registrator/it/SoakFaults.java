package io.registrator.it;

import com.google.common.collect.ImmutableMap;
import io.registrator.testing.ConsulAgentProcess;
import io.registrator.testing.EngineProcess;
import io.registrator.testing.SocketRelay;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** What can go wrong between a registrator, its engine and its agent, each with its begin and its end. */
final class SoakFaults {
    private final EngineProcess engine;
    private final ConsulAgentProcess consul;
    private final SocketRelay relay;
    private final ChaosProxy proxy;
    private final SoakDaemon daemon;
    private final Random random;
    private final ImmutableMap<String, Fault> faults;

    /** A fault that holds for a while. */
    record Fault(Step begin, Step end, boolean losesServices, Duration patience) {
        static Fault of(Step begin, Step end) {
            return new Fault(begin, end, false, Duration.ofSeconds(5));
        }

        static Fault atOnce(Step begin) {
            return of(begin, () -> {});
        }

        Fault losing() {
            return new Fault(begin, end, true, patience);
        }

        Fault within(Duration longer) {
            return new Fault(begin, end, losesServices, longer);
        }
    }

    /** Something that is done to a peer. */
    interface Step {
        void take() throws Exception;
    }

    SoakFaults(
            EngineProcess engine,
            ConsulAgentProcess consul,
            SocketRelay relay,
            ChaosProxy proxy,
            SoakDaemon daemon,
            Random random) {
        this.engine = engine;
        this.consul = consul;
        this.relay = relay;
        this.proxy = proxy;
        this.daemon = daemon;
        this.random = random;
        this.faults = all();
    }

    private ImmutableMap<String, Fault> all() {
        ImmutableMap.Builder<String, Fault> all = ImmutableMap.builder();
        all.put("registrator killed", Fault.of(daemon::kill, daemon::start));
        all.put("registrator ended", Fault.of(daemon::terminate, daemon::start));
        all.put("registrator frozen", Fault.of(daemon::freeze, daemon::thaw));
        all.put("second registrator", Fault.of(daemon::startSecond, daemon::endSecond));
        all.put("event stream cut", Fault.atOnce(relay::cut));
        all.put("engine frozen", Fault.of(engine::freeze, engine::thaw));
        all.put("engine killed", Fault.of(engine::kill, engine::startAgain).within(Duration.ofSeconds(10)));
        all.put("engine restarted", Fault.of(engine::stop, engine::startAgain).within(Duration.ofSeconds(10)));
        all.put("Consul restarted", Fault.of(consul::stop, consul::start));
        all.put("Consul killed", Fault.of(consul::kill, consul::start));
        all.put("Consul wiped", Fault.of(this::wipe, consul::start).losing());
        all.put("Consul frozen", Fault.of(consul::freeze, consul::thaw));
        for (ChaosProxy.Mode mode : ChaosProxy.Mode.values()) {
            if (mode != ChaosProxy.Mode.CLEAN) {
                all.put("Consul " + mode, Fault.of(() -> proxy.mode(mode), () -> proxy.mode(ChaosProxy.Mode.CLEAN)));
            }
        }
        return all.buildOrThrow();
    }

    private void wipe() throws Exception {
        consul.kill();
        consul.wipe();
    }

    List<String> names() {
        return faults.keySet().asList();
    }

    String any() {
        return names().get(random.nextInt(names().size()));
    }

    Fault named(String name) {
        Fault fault = faults.get(name);
        if (fault == null) {
            throw new IllegalArgumentException("no fault " + name + " among " + names());
        }
        return fault;
    }
}
