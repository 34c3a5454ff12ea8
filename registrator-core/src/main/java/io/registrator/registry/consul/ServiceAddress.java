package io.registrator.registry.consul;

import com.google.gson.annotations.SerializedName;
import org.jspecify.annotations.Nullable;

/** One of a service's tagged addresses, in Consul's JSON. */
record ServiceAddress(
        @SerializedName("Address") @Nullable String address,
        @SerializedName("Port") int port) {}
