package io.registrator.reconcile;

import com.google.common.net.HostAndPort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Everything listens, unless a test says otherwise. */
final class FakeProber implements Prober {
    private final Map<HostAndPort, Answer> answers = new HashMap<>();
    private final List<HostAndPort> asked = new ArrayList<>();

    /** From now on this address, {@code host:port}, answers so. */
    void answer(String target, Answer answer) {
        answers.put(HostAndPort.fromString(target), answer);
    }

    /** The addresses that were asked, in their order. */
    List<String> asked() {
        return asked.stream().map(HostAndPort::toString).toList();
    }

    @Override
    public Answer probe(HostAndPort target) {
        asked.add(target);
        return answers.getOrDefault(target, Answer.ACCEPTS);
    }
}
