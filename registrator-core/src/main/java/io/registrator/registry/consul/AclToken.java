package io.registrator.registry.consul;

import com.google.gson.annotations.SerializedName;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code /v1/acl/token/self}.
 *
 * @param accessor its public name; null for a token of the legacy system
 */
record AclToken(@SerializedName("AccessorID") @Nullable String accessor) {}
