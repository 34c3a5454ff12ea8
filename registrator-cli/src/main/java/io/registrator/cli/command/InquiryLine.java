package io.registrator.cli.command;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import io.registrator.app.config.ConfigException;
import io.registrator.cli.option.DaemonOption;
import io.registrator.cli.option.DaemonOptions;
import io.registrator.cli.option.EnvironmentOptions;
import io.registrator.cli.running.DaemonLine;
import io.registrator.cli.running.DaemonsHere;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParameterException;

/**
 * The line that a command runs with: its own options over the settings of the daemon that runs here, or of the systemd unit's
 * file where none does. It says which it took.
 *
 * @param arguments as the parser takes them
 */
record InquiryLine(List<String> arguments, Map<String, String> environment) {
    private static final ImmutableSet<String> COMMANDS = ImmutableSet.of("explain", "plan", "doctor", "list", "purge");

    /**
     * The line as it is where it asks for no such command, or is wrong, which is for the parser to say.
     *
     * @throws ConfigException when there are several daemons, and none of them is chosen
     */
    static InquiryLine of(List<String> own, Map<String, String> environment, PrintWriter err) {
        InquiryLine plain = new InquiryLine(prepend(own, environment), environment);
        // The daemon itself does not wait for a second look at its line.
        Inquiry inquiry = own.stream().anyMatch(COMMANDS::contains) ? inquiry(own) : null;
        if (inquiry == null) {
            return plain;
        }
        DaemonsHere here = inquiry.isOnItsOwn() ? DaemonsHere.NONE : DaemonsHere.find(environment);
        Optional<DaemonLine> daemon = inquiry.choose(here.lines());
        if (daemon.isPresent()) {
            err.println("registrator: settings of the daemon with process ID "
                    + daemon.get().pid());
            return over(daemon.get(), own, environment);
        }
        here.closed()
                .forEach(folder ->
                        err.println("registrator: only root and its owner may look for daemons in " + folder));
        return overUnitsFile(own, environment, err).orElse(plain);
    }

    /** The options of the file are below the variables of this process. */
    private static Optional<InquiryLine> overUnitsFile(
            List<String> own, Map<String, String> environment, PrintWriter err) {
        DefaultsFile file = DefaultsFile.ofUnit();
        boolean isSet = !file.variables().isEmpty() || !file.options().isEmpty();
        err.println("registrator: no daemon is asked; settings from options and variables"
                + (isSet ? ", else from " + file.path() : ""));
        if (!isSet) {
            return Optional.empty();
        }
        List<String> below = prepend(file.options(), file.variables());
        Map<String, String> all = new HashMap<>(file.variables());
        all.putAll(environment);
        return Optional.of(new InquiryLine(merged(below, prepend(own, environment)), all));
    }

    private static InquiryLine over(DaemonLine daemon, List<String> own, Map<String, String> environment) {
        Set<String> options = EnvironmentOptions.variables(new DaemonOptions());
        Map<String, String> all = new HashMap<>(Maps.filterKeys(
                environment,
                name -> !options.contains(name) && !name.startsWith("CONSUL_") && !name.startsWith("DOCKER_")));
        all.putAll(daemon.environment());
        return new InquiryLine(merged(daemon.arguments(), own), all);
    }

    /** An option that both have is that of the second. */
    private static List<String> merged(List<String> below, List<String> above) {
        Parsed lower = Parsed.of(below);
        Parsed upper = Parsed.of(prepend(above, Map.of()));
        Set<String> given =
                upper.given().keySet().stream().map(DaemonOption::name).collect(Collectors.toSet());
        List<String> all = new ArrayList<>();
        lower.given().forEach((option, values) -> {
            if (!given.contains(option.name())) {
                values.forEach(value -> all.add(option.longName() + "=" + value));
            }
        });
        if (lower.registry() != null && upper.registry() == null) {
            all.add(lower.registry());
        }
        all.addAll(above);
        return prepend(all, Map.of());
    }

    private static @Nullable Inquiry inquiry(List<String> own) {
        try {
            return Parsed.of(prepend(own, Map.of())).command() instanceof Inquiry inquiry && !inquiry.help
                    ? inquiry
                    : null;
        } catch (ParameterException wrong) {
            return null;
        }
    }

    private static List<String> prepend(List<String> arguments, Map<String, String> environment) {
        return ImmutableList.copyOf(
                EnvironmentOptions.prepend(arguments.toArray(String[]::new), environment, new DaemonOptions()));
    }
}
