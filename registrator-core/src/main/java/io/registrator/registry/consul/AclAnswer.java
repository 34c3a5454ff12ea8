package io.registrator.registry.consul;

import com.google.gson.annotations.SerializedName;

/** One line of the answer of {@code /v1/internal/acl/authorize}. */
record AclAnswer(@SerializedName("Allow") boolean allow) {}
