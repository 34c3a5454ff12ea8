package io.registrator.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.registrator.model.Protocol;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Tags a service: {@code SERVICE_TAGS}, {@code SERVICE_TAGS_TEMPLATE}, then {@code -tags}, then {@code udp} for UDP; each
 * once.
 */
final class TagRule {
    private static final String UDP = Protocol.UDP.word();
    private final ImmutableList<String> forAll;
    private final TagTemplates templates;

    TagRule(String tagsForAll, TagTemplates templates) {
        this.forAll = TagList.split(tagsForAll);
        this.templates = templates;
    }

    Explained<ImmutableList<String>> tags(Candidate candidate) {
        Tags tags = new Tags();
        candidate.given("tags").ifPresent(attribute -> tags.add(TagList.split(attribute.value()), attribute.because()));
        candidate
                .given(TagTemplates.ATTRIBUTE)
                .ifPresent(attribute -> tags.add(templates.own(attribute, candidate), attribute.because()));
        tags.add(templates.forAll(candidate).orElse(forAll), "-tags");
        if (candidate.is(Protocol.UDP)) {
            tags.add(List.of(UDP), "a UDP port");
        }
        return tags.explained();
    }

    private static final class Tags {
        private final ImmutableSet.Builder<String> all = ImmutableSet.builder();
        private final List<String> because = new ArrayList<>();

        void add(Collection<String> some, String reason) {
            if (!some.isEmpty()) {
                all.addAll(some);
                because.add(reason);
            }
        }

        Explained<ImmutableList<String>> explained() {
            return new Explained<>(all.build().asList(), String.join("; ", because));
        }
    }
}
