package io.registrator.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.registrator.model.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tags a service: {@code SERVICE_TAGS}, then {@code -tags}, then {@code udp} for UDP; each once. */
final class TagRule {
    private static final String UDP = Protocol.UDP.word();
    private final ImmutableList<String> forAll;

    TagRule(String tagsForAll) {
        this.forAll = TagList.split(tagsForAll);
    }

    Explained<ImmutableList<String>> tags(Candidate candidate) {
        ImmutableSet.Builder<String> tags = ImmutableSet.builder();
        List<String> because = new ArrayList<>();
        Optional<Attribute> own = candidate.given("tags");
        own.ifPresent(attribute -> {
            tags.addAll(TagList.split(attribute.value()));
            because.add(attribute.because());
        });
        if (!forAll.isEmpty()) {
            tags.addAll(forAll);
            because.add("-tags");
        }
        if (candidate.is(Protocol.UDP)) {
            tags.add(UDP);
            because.add("a UDP port");
        }
        return new Explained<>(tags.build().asList(), String.join("; ", because));
    }
}
