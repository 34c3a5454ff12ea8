package io.registrator.cli.output;

import io.registrator.model.ObservedService;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.ops.explain.Preview;
import io.registrator.plan.Decision;
import io.registrator.plan.OwnerMark;
import io.registrator.plan.Ownership;

/** What is decided about one service, in words. */
final class DecisionText {
    private DecisionText() {}

    /** What a run does: the same word in text and JSON. */
    static String verb(Decision decision) {
        return switch (decision) {
            case Decision.Register register -> register.why() == Decision.Register.Why.MISSING ? "register" : "update";
            case Decision.Maintain maintain -> "maintain";
            case Decision.Deregister gone -> "deregister";
            case Decision.InSync same -> "keep";
            case Decision.LeaveAlone left -> "leave";
            case Decision.Conflict conflict -> "conflict";
        };
    }

    static String why(Decision decision, Preview preview) {
        return switch (decision) {
            case Decision.Register register -> why(register.why());
            case Decision.Deregister gone ->
                switch (gone.why()) {
                    case STALE -> "ours, and no container gives it any more";
                    case DANGLING -> "a predecessor left it (-cleanup)";
                    case TAKEN_OVER -> "it is of an earlier node ID of this host";
                };
            case Decision.Maintain maintain -> maintain.reason() == null ? "it is in service again" : maintain.reason();
            case Decision.InSync same -> "in sync";
            case Decision.LeaveAlone left -> why(left, preview);
            case Decision.Conflict conflict ->
                "its ID is held by "
                        + (conflict.ownership() instanceof Ownership.OtherInstance other
                                ? "registrator on node " + other.mark().owner()
                                : "somebody else, not a registrator")
                        + "; it is not overwritten";
        };
    }

    private static String why(Decision.Register.Why why) {
        return switch (why) {
            case MISSING -> "the registry does not have it";
            case CHANGED -> "its definition has changed";
            case ALTERED -> "somebody has altered it";
            case REAUTHORIZED -> "it was registered with another token";
            case ADOPTED -> "a predecessor registered it";
            case TAKEN_OVER -> "it is of an earlier node ID of this host";
        };
    }

    private static String why(Decision.LeaveAlone left, Preview preview) {
        return switch (left.why()) {
            case ABSENT -> "neither wanted nor there";
            case KEPT_BY_POLICY -> "ours, of a stopped container, kept by -deregister";
            case AWAITS_HOST_ADDRESS -> "ours, kept until the host's address is known";
            case NOT_MINE -> owner(left.id(), preview);
        };
    }

    private static String owner(ServiceId id, Preview preview) {
        ObservedService service = preview.observed().get(id);
        return service == null
                ? "somebody else's"
                : OwnerMark.in(service.meta())
                        .map(mark -> "registrator on node " + mark.owner() + " registered it")
                        .orElse("somebody else registered it, not a registrator");
    }

    static String what(Decision decision, Preview preview) {
        return switch (decision) {
            case Decision.Register register -> text(register.definition());
            case Decision.Maintain maintain -> text(maintain.definition());
            case Decision.InSync same -> text(same.definition());
            case Decision.Conflict conflict -> text(conflict.definition());
            case Decision.Deregister gone -> text(gone.observed());
            case Decision.LeaveAlone left -> {
                ObservedService service = preview.observed().get(left.id());
                yield service == null ? "" : text(service);
            }
        };
    }

    private static String text(ServiceDefinition service) {
        return service.name() + " at " + service.target() + " for " + service.container();
    }

    private static String text(ObservedService service) {
        return service.name() + " at " + service.where();
    }
}
