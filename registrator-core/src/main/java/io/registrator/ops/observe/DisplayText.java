package io.registrator.ops.observe;

import io.registrator.model.ObservedService;
import io.registrator.model.ServiceDefinition;
import io.registrator.plan.Decision;
import io.registrator.plan.OwnerMark;
import io.registrator.plan.Ownership;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How things are called on the board, in metrics and in answers. */
public final class DisplayText {
    private DisplayText() {}

    /** {@code NOT_PUBLISHED} as {@code not published}. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** {@code 42 s}; below ten seconds {@code 0.2 s}. */
    static String of(Duration duration) {
        return duration.compareTo(Duration.ofSeconds(10)) < 0
                ? String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3)
                : duration.toSeconds() + " s";
    }

    /** What an action does, as a verb. */
    static String verb(Decision.Action action) {
        return switch (action) {
            case Decision.Register register -> "register";
            case Decision.Maintain maintain -> "maintain";
            case Decision.Deregister deregister -> "deregister";
        };
    }

    static String of(ServiceDefinition service) {
        String checks = String.join(",", Services.checks(service));
        return of(service.asObserved()) + (checks.isEmpty() ? "" : ", checks " + checks);
    }

    /** What users set themselves; the marks of ours say nothing to them. */
    static String of(ObservedService service) {
        Map<String, String> meta = new TreeMap<>(service.meta());
        meta.keySet().removeAll(OwnerMark.KEYS);
        return service.name() + " at " + service.where()
                + (service.tags().isEmpty() ? "" : ", tags " + String.join(",", service.tags()))
                + (meta.isEmpty() ? "" : ", meta " + meta);
    }

    static String of(Decision.Conflict conflict) {
        String owner = conflict.ownership() instanceof Ownership.OtherInstance other
                ? "registrator on node " + other.mark().owner()
                : "somebody else";
        return owner + " holds this ID with " + of(conflict.observed())
                + "; give the container a SERVICE_ID of its own, or remove that service";
    }
}
