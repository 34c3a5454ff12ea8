package io.registrator.docker;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.net.UrlEscapers;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import io.registrator.reconcile.ContainerSource.ContainerListing;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is asked of an engine, in the words of its API. */
final class EngineQuestions {
    private static final Logger log = LoggerFactory.getLogger(EngineQuestions.class);
    private static final int NOT_FOUND = 404;

    private final EngineHttp http;
    private final Predicate<ContainerSnapshot> wantsDocument;

    EngineQuestions(EngineHttp http, Predicate<ContainerSnapshot> wantsDocument) {
        this.http = http;
        this.wantsDocument = wantsDocument;
    }

    EngineInfo info() throws IOException {
        var info = object("/info");
        var version = object("/version");
        return new EngineInfo(
                info.text("Name").orElse(""),
                info.text("ServerVersion").orElse(""),
                version.text("ApiVersion").orElse(""),
                info.text("OperatingSystem").orElse(""));
    }

    /** Of the default bridge network; none where the engine has no such network. */
    ImmutableSet<InetAddress> bridgeGateways() throws IOException {
        try {
            return BridgeGateways.of(object("/networks/bridge"));
        } catch (EngineAnswerException e) {
            if (e.status() == NOT_FOUND) {
                return ImmutableSet.of();
            }
            throw e;
        }
    }

    ImmutableList<ContainerListing> containers() throws IOException {
        return http.read("/containers/json?all=true", ListingMapper::read);
    }

    Optional<ContainerSnapshot> container(ContainerId id) throws IOException {
        try {
            var path = "/containers/" + UrlEscapers.urlPathSegmentEscaper().escape(id.value()) + "/json";
            return Optional.of(snapshot(http.text(path)));
        } catch (EngineAnswerException e) {
            return NoSuchContainer.orRethrow(e);
        }
    }

    /** Most of an answer concerns no service: only for a template all of it is read. */
    private ContainerSnapshot snapshot(String answer) throws IOException {
        var snapshot = named(EngineJson.parse(answer, SnapshotMapper::read));
        return wantsDocument.test(snapshot)
                ? snapshot.withDocument(EngineJson.parse(answer, Documents::read))
                : snapshot;
    }

    /** A container that was started by its image's ID costs one request more; an engine that refuses to answer leaves it at the ID. */
    private ContainerSnapshot named(ContainerSnapshot container) throws IOException {
        var id = ImageReference.nameless(container);
        if (id.isEmpty()) {
            return container;
        }
        try {
            return ImageReference.name(object("/images/" + id.get() + "/json"))
                    .map(container::withImage)
                    .orElse(container);
        } catch (EngineAnswerException refused) {
            log.debug("No name for the image of {}", container.ref(), refused);
            return container;
        }
    }

    private Fields object(String target) throws IOException {
        return http.read(target, json -> Fields.of(EngineJson.element(json), "the answer"));
    }
}
