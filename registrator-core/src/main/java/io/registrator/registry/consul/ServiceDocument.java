package io.registrator.registry.consul;

import com.ecwid.consul.v1.agent.model.NewService;
import com.google.gson.annotations.SerializedName;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The body of a registration, with what consul-api's model lacks. */
final class ServiceDocument extends NewService {
    @SerializedName("TaggedAddresses")
    @Nullable
    Map<String, ServiceAddress> taggedAddresses;

    @SerializedName("Weights")
    @Nullable
    ServiceWeights weights;

    /** A service as it is registered, its checks left as they are, with another mark of its token. */
    static ServiceDocument same(AgentService service, String tokenMark) {
        ServiceDocument document = new ServiceDocument();
        document.setId(service.getId());
        document.setName(service.getService());
        document.setTags(service.getTags());
        document.setAddress(service.getAddress());
        document.setPort(service.getPort());
        document.setMeta(Credentials.marked(Objects.requireNonNullElse(service.getMeta(), Map.of()), tokenMark));
        document.setEnableTagOverride(service.getEnableTagOverride());
        document.taggedAddresses = service.taggedAddresses;
        document.weights = service.weights;
        return document;
    }
}
