package io.registrator.app.config;

import com.google.common.base.CharMatcher;
import java.util.Map;

/** Reads the part of a {@code consulkv} registry URI that is not the agent's: prefix and format. */
final class KeyValueAddress {
    /** Where our records are kept. */
    private static final String RESERVED = "registrator/records";

    private static final Map<String, RegistryAddress.Format> FORMATS = Map.of(
            "", RegistryAddress.Format.PLAIN,
            "format=plain", RegistryAddress.Format.PLAIN,
            "format=upsync", RegistryAddress.Format.UPSYNC);

    private KeyValueAddress() {}

    /**
     * @param agent what the URI says of the agent
     * @param path from the slash before the prefix on
     */
    static RegistryAddress of(String uri, RegistryAddress agent, String path) {
        int question = path.indexOf('?');
        String query = question < 0 ? "" : path.substring(question + 1);
        String prefix = CharMatcher.is('/').trimFrom(question < 0 ? path : path.substring(0, question));
        RegistryAddress.Format format = FORMATS.get(query);
        if (format == null) {
            throw new ConfigException("Unknown query in '" + Masked.in(uri) + "': write ?format=upsync or nothing");
        }
        if (prefix.isEmpty()) {
            throw new ConfigException("No prefix in '" + Masked.in(uri) + "': write " + RegistryAddress.KV_FORMS);
        }
        if (prefix.contains("//") || (prefix + "/").startsWith(RESERVED + "/")) {
            throw new ConfigException("Cannot use the prefix of '" + Masked.in(uri)
                    + "': write one without empty parts, and outside of " + RESERVED);
        }
        return new RegistryAddress.ConsulKv(agent, prefix, format);
    }
}
