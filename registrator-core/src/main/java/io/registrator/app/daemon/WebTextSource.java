package io.registrator.app.daemon;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.registrator.app.config.Masked;
import io.registrator.derive.DerivationSettings;
import io.registrator.derive.Deriver;
import io.registrator.derive.WebTexts;
import io.registrator.derive.template.FunctionException;
import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.Failure;
import io.registrator.model.InspectDocument;
import io.registrator.model.Outcome;
import io.registrator.reconcile.ContainerSource;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives snapshots what their templates get from the web. Derivation waits for nobody and always gives the same for the same
 * snapshot; so the container is derived here once before, on the thread of its inspect, with templates that do fetch. An
 * inspect whose templates get no answer fails, is tried again, and leaves the container's services as they are.
 */
final class WebTextSource implements ContainerSource {
    private static final int MOST_TEXTS = 20;

    private final ContainerSource source;
    private final DerivationSettings settings;
    private final WebClient web;

    WebTextSource(ContainerSource source, DerivationSettings settings, WebClient web) {
        this.source = source;
        this.settings = settings;
        this.web = web;
    }

    /** Fetches the text at a URL. */
    interface WebClient {
        /** @throws IOException with the reason, when there is none; from any thread, and within a few seconds */
        String get(String url) throws IOException;
    }

    @Override
    public Outcome<EventStream> subscribe(EventListener listener) {
        return source.subscribe(listener);
    }

    @Override
    public Outcome<Instant> time() {
        return source.time();
    }

    @Override
    public Optional<String> lostForGood() {
        return source.lostForGood();
    }

    @Override
    public Outcome<ImmutableList<ContainerListing>> list() {
        return source.list();
    }

    @Override
    public Outcome<Optional<ContainerSnapshot>> inspect(ContainerId id) {
        return switch (source.inspect(id)) {
            case Outcome.Success<Optional<ContainerSnapshot>>(var found)
            when found.isPresent() && found.get().document() != null ->
                withTexts(found.get(), found.get().document());
            case Outcome<Optional<ContainerSnapshot>> outcome -> outcome;
        };
    }

    @Override
    public void close() {
        source.close();
    }

    private Outcome<Optional<ContainerSnapshot>> withTexts(ContainerSnapshot snapshot, InspectDocument document) {
        Fetching fetching = new Fetching();
        var unused = new Deriver(settings, fetching).derive(snapshot, fetching::holder);
        return fetching.failure == null
                ? Outcome.success(
                        Optional.of(snapshot.withDocument(document.withFetched(ImmutableMap.copyOf(fetching.texts)))))
                : Outcome.failed(new Failure.Transient("a template of " + snapshot.ref() + ": " + fetching.failure));
    }

    /** One inspect's questions, each asked once. */
    private final class Fetching implements WebTexts {
        private final Map<String, String> texts = new HashMap<>();
        private @Nullable String failure;

        @Override
        public String get(ContainerSnapshot container, String url) {
            String known = texts.get(url);
            if (known != null) {
                return known;
            }
            if (texts.size() >= MOST_TEXTS) {
                throw new FunctionException("a container's templates fetch at most " + MOST_TEXTS + " texts");
            }
            String text = fetch(url);
            texts.put(url, text);
            return text;
        }

        /** The container whose network this one shares: its ports say which templates there are. */
        private Optional<ContainerSnapshot> holder(String idOrName) {
            return switch (source.inspect(new ContainerId(idOrName))) {
                case Outcome.Success<Optional<ContainerSnapshot>>(var found) -> found;
                case Outcome.Failed<Optional<ContainerSnapshot>>(var why) -> {
                    failure = "it shares the network of " + idOrName + ": " + why.message();
                    yield Optional.empty();
                }
            };
        }

        private String fetch(String url) {
            try {
                return web.get(url);
            } catch (IOException failed) {
                failure = "httpGet " + Masked.in(url) + ": " + failed.getMessage();
                throw new FunctionException(failure);
            }
        }
    }
}
