package io.registrator.registry.consul;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.annotations.SerializedName;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** One step of a transaction over keys, as {@code /v1/txn} takes it. */
record KvOperation(@SerializedName("KV") Step step) {

    /**
     * @param value in Base64; null where nothing is written
     * @param index that the key must have; 0 for none, so that it must not be there
     */
    record Step(
            @SerializedName("Verb") String verb,
            @SerializedName("Key") String key,
            @SerializedName("Value") @Nullable String value,
            @SerializedName("Index") long index) {}

    /** Writes the key if its last change was at {@code index}; at 0 if it is not there. */
    static KvOperation write(String key, String value, long index) {
        return new KvOperation(new Step("cas", key, Base64.getEncoder().encodeToString(value.getBytes(UTF_8)), index));
    }

    /** Removes the key if its last change was at {@code index}. */
    static KvOperation remove(String key, long index) {
        return new KvOperation(new Step("delete-cas", key, null, index));
    }

    /** Fails the transaction if the key is there. */
    static KvOperation insistOnAbsence(String key) {
        return new KvOperation(new Step("check-not-exists", key, null, 0));
    }

    /** Shows the keys that begin so, those that the token may read; none is no failure. */
    static KvOperation readTree(String prefix) {
        return new KvOperation(new Step("get-tree", prefix, null, 0));
    }
}
