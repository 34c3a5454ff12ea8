package io.registrator.registry.consul;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.annotations.SerializedName;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A key with its value, as {@code /v1/kv} shows it.
 *
 * @param encoded in Base64; null for an empty value
 * @param index of its last change
 */
record KvPair(
        @SerializedName("Key") String key,
        @SerializedName("Value") @Nullable String encoded,
        @SerializedName("ModifyIndex") long index) {

    String value() {
        return encoded == null ? "" : new String(Base64.getDecoder().decode(encoded), UTF_8);
    }
}
