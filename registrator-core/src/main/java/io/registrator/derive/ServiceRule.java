package io.registrator.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import io.registrator.model.CheckDefinition;
import io.registrator.model.Lifecycle;
import io.registrator.model.Secret;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.model.Weights;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts a service together from what the rules say of each of its fields. */
final class ServiceRule {
    private final IdRule id;
    private final NameRule name;
    private final TagRule tags;
    private final CheckRule checks;
    private final MetaRule meta = new MetaRule();
    private final WeightRule weights = new WeightRule();
    private final TokenRule token = new TokenRule();
    private final LifecycleRule lifecycles;

    ServiceRule(DerivationSettings settings, TagTemplates templates, NetworkStack.Held stack) {
        this.id = new IdRule(settings);
        this.name = new NameRule(settings.rules().prefix());
        this.tags = new TagRule(settings.rules().tags(), templates);
        this.checks = new CheckRule(settings);
        this.lifecycles = new LifecycleRule(settings.lifecycle(), stack);
    }

    /** Empty when something is in error. All fields are looked at first, so that all errors are told at once. */
    Optional<DerivedService> service(Candidate candidate, Endpoint endpoint, boolean grouped) {
        Optional<Explained<ServiceId>> serviceId = id.id(candidate);
        Optional<Explained<String>> serviceName = name.name(candidate, grouped);
        Fields fields = new Fields(
                tags.tags(candidate),
                meta.meta(candidate),
                checks.checks(candidate, endpoint),
                weights.weights(candidate),
                candidate.reader().yes("enable_tag_override", false),
                token.token(candidate),
                lifecycles.lifecycle(candidate, endpoint));
        if (candidate.problems().hasErrors() || serviceId.isEmpty() || serviceName.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(service(candidate, endpoint, serviceId.get(), serviceName.get(), fields));
    }

    private static DerivedService service(
            Candidate candidate, Endpoint endpoint, Explained<ServiceId> id, Explained<String> name, Fields fields) {
        ServiceDefinition definition = new ServiceDefinition(
                id.value(),
                name.value(),
                fields.tags().value(),
                endpoint.address().value(),
                endpoint.port().value(),
                endpoint.alternatives(),
                ImmutableSortedMap.copyOf(Maps.transformValues(fields.meta(), Explained::value)),
                fields.checks().keySet().asList(),
                fields.weights().value(),
                fields.enableTagOverride(),
                fields.token(),
                candidate.container().ref(),
                endpoint.isClaimed());
        ImmutableMap.Builder<String, String> because = ImmutableMap.<String, String>builder()
                .put("id", id.because())
                .put("name", name.because())
                .put("address", endpoint.address().because())
                .put("port", endpoint.port().because());
        endpoint.alternatives().keySet().forEach(tag -> because.put("address." + tag, "the same port's IPv6 address"));
        fields.explainTo(because);
        for (String attribute : List.of("enable_tag_override", "token")) {
            candidate.given(attribute).ifPresent(given -> because.put(attribute, given.because()));
        }
        because.putAll(LifecycleRule.because(candidate));
        return new DerivedService(candidate.port(), definition, fields.lifecycle(), because.buildOrThrow());
    }

    /** The fields that are never in the way of a service by being absent. */
    private record Fields(
            Explained<ImmutableList<String>> tags,
            ImmutableSortedMap<String, Explained<String>> meta,
            ImmutableMap<CheckDefinition, String> checks,
            Explained<Weights> weights,
            boolean enableTagOverride,
            @Nullable Secret token,
            Lifecycle lifecycle) {

        private void explainTo(ImmutableMap.Builder<String, String> because) {
            if (!tags.value().isEmpty()) {
                because.put("tags", tags.because());
            }
            meta.forEach((key, value) -> because.put("meta." + key, value.because()));
            checks.forEach((check, reason) -> because.put("check." + check.name(), reason));
            because.put("weights", weights.because());
        }
    }
}
