package io.registrator.engine.docker;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.DockerObjectAccessor;
import java.io.IOException;
import java.util.HashMap;

/** Reads an inspect's answer, and keeps all of it as its raw values, since a template may ask for anything. */
final class WholeDocument extends DelegatingDeserializer {
    private static final long serialVersionUID = 1L;

    private WholeDocument(JsonDeserializer<?> model) {
        super(model);
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> model) {
        return new WholeDocument(model);
    }

    @Override
    public Object deserialize(JsonParser json, DeserializationContext context) throws IOException {
        TokenBuffer answer = context.bufferAsCopyOfValue(json);
        Object inspect = super.deserialize(answer.asParserOnFirstToken(), context);
        if (inspect instanceof InspectContainerResponse response) {
            rawValues(answer, context)
                    .forEach((name, value) -> DockerObjectAccessor.overrideRawValue(response, name, value));
        }
        return inspect;
    }

    @SuppressWarnings("unchecked")
    private static HashMap<String, Object> rawValues(TokenBuffer answer, DeserializationContext context)
            throws IOException {
        return context.readValue(answer.asParserOnFirstToken(), HashMap.class);
    }

    /** Makes this the reader of inspects. */
    static final class Modifier extends BeanDeserializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription type, JsonDeserializer<?> model) {
            return type.getBeanClass() == InspectContainerResponse.class ? new WholeDocument(model) : model;
        }
    }
}
