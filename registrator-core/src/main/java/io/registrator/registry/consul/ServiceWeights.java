package io.registrator.registry.consul;

import com.google.gson.annotations.SerializedName;

/** A service's weights, in Consul's JSON. */
record ServiceWeights(
        @SerializedName("Passing") int passing,
        @SerializedName("Warning") int warning) {}
