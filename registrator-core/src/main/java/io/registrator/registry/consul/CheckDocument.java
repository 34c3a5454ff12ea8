package io.registrator.registry.consul;

import com.ecwid.consul.v1.agent.model.NewService;
import com.google.gson.annotations.SerializedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A check in the body of a registration, with what consul-api's model lacks. */
final class CheckDocument extends NewService.Check {
    @SerializedName("CheckID")
    @Nullable
    String checkId;

    @SerializedName("Name")
    @Nullable
    String name;

    @SerializedName("AliasService")
    @Nullable
    String aliasService;

    @SerializedName("Args")
    @Nullable
    List<String> args;

    @SerializedName("Body")
    @Nullable
    String body;

    @SerializedName("TLSServerName")
    @Nullable
    String tlsServerName;

    @SerializedName("SuccessBeforePassing")
    @Nullable
    Integer successBeforePassing;

    @SerializedName("FailuresBeforeWarning")
    @Nullable
    Integer failuresBeforeWarning;

    @SerializedName("FailuresBeforeCritical")
    @Nullable
    Integer failuresBeforeCritical;
}
