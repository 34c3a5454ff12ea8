package io.registrator.reconcile;

import io.registrator.model.ContainerId;
import io.registrator.model.ContainerSnapshot;
import io.registrator.reconcile.EngineEvent.Died;
import java.util.HashMap;
import java.util.Map;

/**
 * What an engine said of the ends of containers, and no inspect has confirmed yet. It is believed, so that services go
 * without waiting for an inspect; and only for so long, so that a word that is out of date does no lasting harm.
 */
final class Deaths {
    private final Map<ContainerId, Died> unconfirmed = new HashMap<>();

    void told(Died death) {
        unconfirmed.put(death.container(), death);
    }

    boolean isTold(ContainerId id) {
        return unconfirmed.containsKey(id);
    }

    /** What the engine shows, or showed before it told of the end, in the light of what it told. */
    ContainerSnapshot in(ContainerSnapshot shown) {
        Died death = unconfirmed.get(shown.id());
        return death != null && death.ends(shown) ? shown.ended(death.exitCode()) : shown;
    }

    /** An inspect that began after the word has shown how things are. */
    void settled(ContainerId id) {
        unconfirmed.remove(id);
    }
}
