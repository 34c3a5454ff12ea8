package io.registrator.consul;

import com.google.gson.annotations.SerializedName;

/** One of a service's tagged addresses, in Consul's JSON. */
record ServiceAddress(
        @SerializedName("Address") String address,
        @SerializedName("Port") int port) {}
