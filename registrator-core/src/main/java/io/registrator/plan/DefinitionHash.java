package io.registrator.plan;

import com.google.common.hash.Funnels;
import com.google.common.hash.HashCode;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.registrator.model.ServiceDefinition;
import java.util.List;

/** A short fingerprint of everything that a definition asks of a registry. It is public, so no secret goes into it. */
final class DefinitionHash {
    private static final int LENGTH = 16;

    private DefinitionHash() {}

    static String of(ServiceDefinition definition) {
        Hasher hasher = Hashing.sha256().newHasher();
        fields(definition).forEach(field -> put(hasher, field.toString()));
        HashCode hash = hasher.hash();
        return hash.toString().substring(0, LENGTH);
    }

    /** Records and immutable collections print all that they hold, in order. */
    private static List<Object> fields(ServiceDefinition definition) {
        return List.of(
                definition.name(),
                definition.tags(),
                definition.address(),
                definition.port(),
                definition.taggedAddresses(),
                definition.meta(),
                definition.checks(),
                definition.weights(),
                definition.enableTagOverride());
    }

    private static void put(Hasher hasher, String field) {
        hasher.putInt(field.length()).putObject(field, Funnels.unencodedCharsFunnel());
    }
}
