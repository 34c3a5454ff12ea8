package io.registrator.testing.engine;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Answers in place of the engine's own. */
public final class Faults {
    private final List<Rule> rules = new CopyOnWriteArrayList<>();

    private record Rule(Pattern path, Answer answer, AtomicInteger left) {
        boolean applies(String asked) {
            return path.matcher(asked).matches() && left.getAndUpdate(count -> count > 0 ? count - 1 : 0) > 0;
        }
    }

    /** From now on, until {@link #heal}, requests are answered so whose whole path, without version and query, matches. */
    public void answer(String pathPattern, Answer answer) {
        answer(pathPattern, answer, Integer.MAX_VALUE);
    }

    /** The same for the next few requests alone. */
    public void answer(String pathPattern, Answer answer, int times) {
        rules.add(new Rule(Pattern.compile(pathPattern), answer, new AtomicInteger(times)));
    }

    /** From now on the engine answers everything by itself; requests that hang stay so. */
    public void heal() {
        rules.clear();
    }

    Optional<Answer> to(String path) {
        return rules.stream()
                .filter(rule -> rule.applies(path))
                .map(Rule::answer)
                .findFirst();
    }
}
