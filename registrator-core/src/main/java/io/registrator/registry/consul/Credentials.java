package io.registrator.registry.consul;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.registrator.model.ServiceDefinition;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what was registered with our present token from what was registered with an earlier one. The agent keeps the token
 * that came with a registration and goes on using it for its catalog; when that token is deleted, the service can neither
 * be updated nor removed there. So each registration carries a mark of its token in its metadata: the beginning of the
 * accessor ID, which is no secret.
 */
final class Credentials {
    static final String META_KEY = "registrator-token";

    private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);
    /** The mark of a service with a token of its own, which changes only with its container. */
    private static final String OWN = "own";

    private static final String NO_TOKEN = "";
    private static final int MARK_LENGTH = 8;
    private static final int ACL_DISABLED = 401;

    private final AgentApi api;
    private final TokenSource tokens;
    private volatile @Nullable Known known;

    private record Known(String token, String mark) {}

    Credentials(AgentApi api, TokenSource tokens) {
        this.api = api;
        this.tokens = tokens;
    }

    /**
     * The mark of our present token: empty text for no token, or where tokens mean nothing; empty while it is not known.
     */
    Optional<String> present() throws IOException {
        String token = AgentConnection.read(tokens);
        Known before = known;
        if (token.isEmpty()) {
            return Optional.of(NO_TOKEN);
        }
        if (before != null && before.token().equals(token)) {
            return Optional.of(before.mark());
        }
        Optional<String> mark = ask();
        mark.ifPresent(found -> known = new Known(token, found));
        return mark;
    }

    /** The agent has been away: it may come back with other ACLs. */
    void forget() {
        known = null;
    }

    /** The mark for this service; empty text for none. */
    String markFor(ServiceDefinition service) throws IOException {
        return service.token() == null ? present().orElse(NO_TOKEN) : OWN;
    }

    /** The metadata with this mark in place of the one that it has; empty text for none. */
    static ImmutableMap<String, String> marked(Map<String, String> meta, String mark) {
        ImmutableMap.Builder<String, String> marked = ImmutableMap.builder();
        marked.putAll(Maps.filterKeys(meta, key -> !key.equals(META_KEY)));
        if (!mark.isEmpty()) {
            marked.put(META_KEY, mark);
        }
        return marked.buildOrThrow();
    }

    /** Whether a service with this metadata was registered with another token than {@code present}. */
    static boolean isOutdated(Map<String, String> meta, Optional<String> present) {
        String mark = meta.getOrDefault(META_KEY, NO_TOKEN);
        return !mark.equals(OWN) && present.isPresent() && !present.get().equals(mark);
    }

    private Optional<String> ask() throws IOException {
        try {
            String accessor = api.ownAccessor();
            return Optional.of(accessor.substring(0, Math.min(MARK_LENGTH, accessor.length())));
        } catch (RefusedException refused) {
            if (refused.status() == ACL_DISABLED) {
                return Optional.of(NO_TOKEN);
            }
            LOG.debug("The token's accessor is not known for the moment: {}", refused.getMessage());
            return Optional.empty();
        }
    }
}
