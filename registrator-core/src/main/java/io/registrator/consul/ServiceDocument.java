package io.registrator.consul;

import com.ecwid.consul.v1.agent.model.NewService;
import com.google.gson.annotations.SerializedName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of a registration, with what consul-api's model lacks. */
final class ServiceDocument extends NewService {
    @SerializedName("TaggedAddresses")
    @Nullable
    Map<String, ServiceAddress> taggedAddresses;

    @SerializedName("Weights")
    @Nullable
    ServiceWeights weights;
}
