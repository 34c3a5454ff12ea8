package io.registrator.cli.output;

import io.registrator.model.ObservedService;
import io.registrator.ops.explain.OwnedService;
import io.registrator.plan.OwnerMark;
import java.util.List;
import java.util.stream.Collectors;

/** Services of this node for people, one a line. */
public final class OwnedText {
    private OwnedText() {}

    public static String of(List<OwnedService> owned) {
        return owned.stream()
                        .map(each -> "%-8s %s%n".formatted(each.health().word(), text(each.service())))
                        .collect(Collectors.joining())
                + count(owned.size()) + "\n";
    }

    public static String deregistered(List<OwnedService> gone) {
        return gone.stream()
                        .map(each ->
                                "deregistered %s%n".formatted(each.service().id()))
                        .collect(Collectors.joining())
                + count(gone.size()) + " deregistered\n";
    }

    /** {@code 1 service}, {@code 2 services}. */
    public static String count(int services) {
        return services + (services == 1 ? " service" : " services");
    }

    private static String text(ObservedService service) {
        String container = OwnerMark.in(service.meta())
                .map(mark -> " for container " + mark.container().shortId())
                .orElse("");
        return service.id() + "  " + service.name() + " at " + service.where() + container;
    }
}
