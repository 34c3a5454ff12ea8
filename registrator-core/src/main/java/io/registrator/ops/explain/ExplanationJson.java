package io.registrator.ops.explain;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.registrator.derive.IdClaim;
import io.registrator.derive.Problem;
import io.registrator.model.CheckResult;
import io.registrator.model.ContainerPort;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.ObservedService;
import io.registrator.model.ServiceDefinition;
import io.registrator.plan.Ownership;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An explanation as JSON. Fields are only ever added. */
public final class ExplanationJson {
    private ExplanationJson() {}

    public static JsonObject of(Explanation explanation) {
        JsonObject json = new JsonObject();
        json.addProperty("verdict", word(explanation.headline().verdict()));
        json.addProperty("cause", explanation.headline().cause());
        json.addProperty("advice", explanation.headline().advice());
        switch (explanation) {
            case Explanation.OfContainer container -> {
                json.add("container", container(container.container()));
                json.add("ports", array(container.ports(), ExplanationJson::port));
                json.add("problems", array(container.problems(), ExplanationJson::problem));
            }
            case Explanation.OfService service -> {
                json.add("registered", observed(service.service()));
                json.add("checks", array(service.checks(), ExplanationJson::check));
                json.add("reach", reach(service.reach()));
            }
        }
        return json;
    }

    private static JsonObject container(ContainerSnapshot container) {
        JsonObject json = new JsonObject();
        json.addProperty("id", container.id().value());
        json.addProperty("name", container.name());
        json.addProperty("image", container.image());
        json.addProperty("state", word(container.state()));
        json.addProperty("health", word(container.health().health()));
        json.addProperty("networkMode", container.networkMode().value());
        return json;
    }

    private static JsonObject port(PortExplanation port) {
        JsonObject json = new JsonObject();
        json.add("port", port(port.port()));
        switch (port) {
            case PortExplanation.NoService(var reason) -> {
                json.addProperty("reason", word(reason.reason()));
                json.addProperty("text", reason.text());
            }
            case PortExplanation.Service service -> {
                json.add("service", service(service.derived().definition()));
                json.add("because", strings(service.derived().because()));
                json.add("registry", state(service.state()));
                json.add("checks", array(service.checks(), ExplanationJson::check));
                json.add("reach", reach(service.reach()));
            }
        }
        return json;
    }

    private static JsonElement port(@Nullable ContainerPort port) {
        return port == null ? JsonNull.INSTANCE : new JsonPrimitive(port.toString());
    }

    private static JsonObject problem(Problem problem) {
        JsonObject json = new JsonObject();
        json.addProperty("severity", word(problem.severity()));
        json.add("port", port(problem.port()));
        json.addProperty("key", problem.key());
        json.addProperty("message", problem.message());
        return json;
    }

    /** Without the token. */
    private static JsonObject service(ServiceDefinition service) {
        JsonObject json = new JsonObject();
        json.addProperty("id", service.id().value());
        json.addProperty("name", service.name());
        json.addProperty("address", service.address());
        json.addProperty("port", service.port());
        json.add("tags", array(service.tags(), JsonPrimitive::new));
        json.add("meta", strings(service.meta()));
        json.add("checks", array(service.checks(), check -> new JsonPrimitive(check.name())));
        return json;
    }

    /** A service as the registry has it. */
    public static JsonObject observed(ObservedService service) {
        JsonObject json = new JsonObject();
        json.addProperty("id", service.id().value());
        json.addProperty("name", service.name());
        json.addProperty("address", service.address());
        json.addProperty("port", service.port());
        json.add("tags", array(service.tags(), JsonPrimitive::new));
        json.add("meta", strings(service.meta()));
        return json;
    }

    private static JsonObject state(RegistryState state) {
        JsonObject json = new JsonObject();
        switch (state) {
            case RegistryState.InSync(var maintenance) -> {
                json.addProperty("state", "in_sync");
                json.addProperty("maintenance", maintenance);
            }
            case RegistryState.Missing missing -> json.addProperty("state", "missing");
            case RegistryState.OtherNode(String node, var id) -> {
                json.addProperty("state", "other_node");
                json.addProperty("node", node);
                json.addProperty("id", id.value());
            }
            case RegistryState.Differs differs -> {
                json.addProperty("state", "differs");
                json.addProperty("why", word(differs.why()));
                json.add("fields", array(differs.fields(), ExplanationJson::difference));
            }
            case RegistryState.Taken taken -> {
                json.addProperty("state", "conflict");
                json.add("holder", observed(taken.by()));
                if (taken.ownership() instanceof Ownership.OtherInstance other) {
                    json.addProperty("node", other.mark().owner());
                }
            }
            case RegistryState.ClaimedTwice(var conflict) -> {
                json.addProperty("state", "claimed_twice");
                json.addProperty("keptBy", conflict.kept().toString());
                json.add("refused", array(conflict.refused(), (IdClaim claim) -> new JsonPrimitive(claim.toString())));
            }
            case RegistryState.Refused(String why) -> {
                json.addProperty("state", "refused");
                json.addProperty("why", why);
            }
            case RegistryState.Unknown(String why) -> {
                json.addProperty("state", "unknown");
                json.addProperty("why", why);
            }
        }
        return json;
    }

    private static JsonObject difference(RegistryState.Difference difference) {
        JsonObject json = new JsonObject();
        json.addProperty("field", difference.field());
        json.addProperty("wanted", difference.wanted());
        json.addProperty("found", difference.found());
        return json;
    }

    private static JsonObject check(CheckResult check) {
        JsonObject json = new JsonObject();
        json.addProperty("name", check.name());
        json.addProperty("status", check.status().word());
        json.addProperty("output", check.output());
        return json;
    }

    private static JsonObject reach(Reach reach) {
        JsonObject json = new JsonObject();
        switch (reach) {
            case Reach.NotTried nobody -> json.addProperty("answers", (Boolean) null);
            case Reach.Answers answers -> json.addProperty("answers", true);
            case Reach.Silent(String why) -> {
                json.addProperty("answers", false);
                json.addProperty("why", why);
            }
        }
        return json;
    }

    private static JsonObject strings(Map<String, String> map) {
        JsonObject json = new JsonObject();
        map.forEach(json::addProperty);
        return json;
    }

    private static <T> JsonArray array(Collection<T> all, Function<? super T, ? extends JsonElement> each) {
        JsonArray json = new JsonArray();
        all.forEach(one -> json.add(each.apply(one)));
        return json;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
