package io.registrator.registry.consul;

import com.google.common.collect.ImmutableMap;
import io.registrator.net.http.HttpCall;
import io.registrator.net.http.HttpReply;
import io.registrator.net.http.HttpTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** Gives the answers that a test has lined up, and remembers what it was asked. */
final class ScriptedTransport implements HttpTransport {
    private final Queue<Answer> answers = new ArrayDeque<>();
    private final List<HttpCall> calls = new ArrayList<>();

    private interface Answer {
        HttpReply give() throws IOException;
    }

    ScriptedTransport reply(int status, String body, String... headers) {
        ImmutableMap.Builder<String, String> map = ImmutableMap.builder();
        for (int i = 0; i < headers.length; i += 2) {
            map.put(headers[i], headers[i + 1]);
        }
        HttpReply reply = new HttpReply(status, map.buildOrThrow(), body);
        answers.add(() -> reply);
        return this;
    }

    ScriptedTransport fail(String reason) {
        answers.add(() -> {
            throw new IOException(reason);
        });
        return this;
    }

    /** What was asked since this was last asked. */
    List<HttpCall> calls() {
        List<HttpCall> asked = List.copyOf(calls);
        calls.clear();
        return asked;
    }

    AgentApi api() {
        return new AgentApi(
                new AgentConnection(this, "the agent", () -> "", Tenancy.NONE, Duration.ofSeconds(15), null));
    }

    @Override
    public HttpReply send(HttpCall call) throws IOException {
        calls.add(call);
        return answers.remove().give();
    }

    @Override
    public void close() {}
}
