package io.registrator.registry.consul;

import com.ecwid.consul.v1.agent.model.Service;
import com.google.gson.annotations.SerializedName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A service as the agent shows it, with what consul-api's model lacks. */
final class AgentService extends Service {
    @SerializedName("TaggedAddresses")
    @Nullable
    Map<String, ServiceAddress> taggedAddresses;

    @SerializedName("Weights")
    @Nullable
    ServiceWeights weights;
}
