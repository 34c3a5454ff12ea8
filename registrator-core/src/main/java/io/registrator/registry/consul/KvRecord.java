package io.registrator.registry.consul;

import com.ecwid.consul.json.GsonFactory;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.gson.JsonParseException;
import io.registrator.model.ObservedService;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import io.registrator.model.Weights;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What we keep of a service of ours beside its entry, which has no room for it: above all the marks in its metadata, by
 * which an instance knows its own services again.
 *
 * @param key of its entry
 * @param value of its entry
 */
record KvRecord(
        String id,
        String name,
        List<String> tags,
        String address,
        int port,
        Map<String, String> taggedAddresses,
        Map<String, String> meta,
        int weight,
        int warningWeight,
        boolean enableTagOverride,
        String key,
        String value) {

    static KvRecord of(ServiceDefinition service, KvLayout.Entry entry) {
        return new KvRecord(
                service.id().value(),
                service.name(),
                service.tags(),
                service.address(),
                service.port(),
                service.furtherAddresses(),
                service.meta(),
                service.weights().passing(),
                service.weights().warning(),
                service.enableTagOverride(),
                entry.key(),
                entry.value());
    }

    /** Empty for what is no record of ours. */
    static Optional<KvRecord> parse(String json) {
        try {
            return Optional.ofNullable(GsonFactory.getGson().fromJson(json, KvRecord.class))
                    .filter(KvRecord::isWhole);
        } catch (JsonParseException other) {
            return Optional.empty();
        }
    }

    String json() {
        return GsonFactory.getGson().toJson(this);
    }

    /**
     * As it was written, unless its entry says something else by now or is gone, which shows as another address.
     *
     * @param entry the value of its entry; null when that is gone
     */
    ObservedService observed(@Nullable String entry) {
        String seen = Objects.requireNonNullElse(entry, "");
        return new ObservedService(
                new ServiceId(id),
                name,
                ImmutableList.copyOf(tags),
                seen.equals(value) ? address : "(" + seen + ")",
                port,
                ImmutableSortedMap.copyOf(taggedAddresses),
                ImmutableSortedMap.copyOf(meta),
                new Weights(weight, warningWeight),
                enableTagOverride);
    }

    @SuppressWarnings("RedundantNullCheck") // Whoever may write keys may write anything.
    private boolean isWhole() {
        return ServiceId.isValid(Objects.requireNonNullElse(id, ""))
                && name != null
                && tags != null
                && tags.stream().allMatch(Objects::nonNull)
                && address != null
                && isWhole(taggedAddresses)
                && isWhole(meta)
                && key != null
                && value != null
                && Weights.isValid(weight, warningWeight);
    }

    private static boolean isWhole(@Nullable Map<String, String> texts) {
        return texts != null && texts.values().stream().allMatch(Objects::nonNull);
    }
}
