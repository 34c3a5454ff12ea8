package io.registrator.derive;

import com.google.common.collect.ImmutableSet;
import io.registrator.derive.template.Struct;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An inspect's answer as templates see it. JSON does not tell a struct, of which a template must not ask a field that it
 * lacks, from a map; and engines leave out what is empty, or write null for it.
 *
 * @see <a href="https://docs.docker.com/reference/api/engine/">ContainerInspect in the engine's API</a>
 */
final class TemplateData {
    private static final ImmutableSet<String> MAPS = ImmutableSet.of(
            "Annotations",
            "Data",
            "DriverOpts",
            "ExposedPorts",
            "Labels",
            "Networks",
            "Options",
            "PortBindings",
            "Ports",
            "StorageOpt",
            "Sysctls",
            "Tmpfs",
            "Volumes");

    private static final ImmutableSet<String> LISTS = ImmutableSet.of(
            "Aliases",
            "Args",
            "Binds",
            "CapAdd",
            "CapDrop",
            "Cmd",
            "Devices",
            "Dns",
            "Entrypoint",
            "Env",
            "ExecIDs",
            "ExtraHosts",
            "GroupAdd",
            "Links",
            "Mounts",
            "OnBuild",
            "SecurityOpt",
            "Shell",
            "VolumesFrom");

    private static final ImmutableSet<String> TEXTS = ImmutableSet.of(
            "Domainname",
            "Error",
            "Gateway",
            "GlobalIPv6Address",
            "HostIp",
            "Hostname",
            "IPAddress",
            "IPv6Gateway",
            "MacAddress",
            "Platform",
            "StopSignal",
            "User",
            "WorkingDir");

    private static final ImmutableSet<String> NUMBERS =
            ImmutableSet.of("ExitCode", "GlobalIPv6PrefixLen", "IPPrefixLen", "Pid", "RestartCount", "StopTimeout");

    private static final ImmutableSet<String> POINTERS =
            ImmutableSet.of("Health", "Healthcheck", "IPAMConfig", "Init", "LogConfig", "Node");

    private static final Map<String, @Nullable Object> ZEROS = zeros();

    private TemplateData() {}

    static Struct of(Map<String, @Nullable Object> inspect) {
        return struct(inspect, "");
    }

    /** @param name of the field that holds it */
    private static Struct struct(Map<?, ?> object, String name) {
        return new Struct(children(object, name), ZEROS);
    }

    private static Map<String, @Nullable Object> children(Map<?, ?> object, String parent) {
        Map<String, @Nullable Object> children = new LinkedHashMap<>();
        object.forEach((key, value) -> {
            String name = String.valueOf(key);
            children.put(name, value(value, name, parent));
        });
        return children;
    }

    private static @Nullable Object value(@Nullable Object value, String name, String parent) {
        return switch (value) {
            case null -> ZEROS.get(name);
            case Map<?, ?> map when isMap(name, parent) -> Collections.unmodifiableMap(children(map, name));
            case Map<?, ?> object -> struct(object, name);
            case List<?> list ->
                list.stream().map(element -> value(element, "", name)).toList();
            default -> value;
        };
    }

    /** A log driver has options under the name of the container's configuration. */
    private static boolean isMap(String name, String parent) {
        return MAPS.contains(name) || (name.equals("Config") && parent.equals("LogConfig"));
    }

    private static Map<String, @Nullable Object> zeros() {
        Map<String, @Nullable Object> zeros = new HashMap<>();
        MAPS.forEach(name -> zeros.put(name, Map.of()));
        LISTS.forEach(name -> zeros.put(name, List.of()));
        TEXTS.forEach(name -> zeros.put(name, ""));
        NUMBERS.forEach(name -> zeros.put(name, 0L));
        POINTERS.forEach(name -> zeros.put(name, null));
        return Collections.unmodifiableMap(zeros);
    }
}
