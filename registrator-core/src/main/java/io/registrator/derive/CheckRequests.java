package io.registrator.derive;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.registrator.model.Protocol;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds the checks that a port's attributes ask for: one of {@code CHECK_<kind>}, and one of {@code CHECK_<n>_<kind>} for
 * every number. Options with the number beat options without.
 */
final class CheckRequests {
    private static final String PREFIX = "check_";

    private final Candidate candidate;

    CheckRequests(Candidate candidate) {
        this.candidate = candidate;
    }

    /** The one without a number first, then by number. */
    ImmutableList<CheckRequest> all() {
        ImmutableSet<String> names = candidate.attributes().byName().keySet();
        if (names.stream().noneMatch(name -> name.startsWith(PREFIX))) {
            return ImmutableList.of();
        }
        TreeSet<Integer> numbers = new TreeSet<>();
        names.forEach(name -> ControlAttributes.checkNumber(name).ifPresent(numbers::add));
        return Stream.concat(Stream.of(""), numbers.stream().map(String::valueOf))
                .flatMap(number -> request(number).stream())
                .collect(toImmutableList());
    }

    /** The options of a check that nobody asked for. */
    static AttributeReader plainOptions(Candidate candidate) {
        return new CheckRequests(candidate).options("");
    }

    private Optional<CheckRequest> request(String number) {
        ImmutableList<CheckRequest> requests = Arrays.stream(CheckKind.values())
                .flatMap(kind -> request(kind, number).stream())
                .collect(toImmutableList());
        requests.stream().skip(1).forEach(late -> warnOfSecond(requests.getFirst(), late));
        return requests.stream().findFirst();
    }

    private Optional<CheckRequest> request(CheckKind kind, String number) {
        return candidate
                .given(key(number) + kind.word())
                .filter(asked -> !YesNo.isNo(asked.value()) && fits(kind))
                .map(asked -> new CheckRequest(kind, asked, number, options(number)));
    }

    /** A TCP check can say nothing about a UDP port. */
    private boolean fits(CheckKind kind) {
        return kind != CheckKind.TCP || candidate.port() == null || candidate.is(Protocol.TCP);
    }

    private AttributeReader options(String number) {
        return new AttributeReader(
                name -> candidate.given(key(number) + name).or(() -> candidate.given(key("") + name)),
                candidate.problems());
    }

    private static String key(String number) {
        return number.isEmpty() ? PREFIX : PREFIX + number + "_";
    }

    private void warnOfSecond(CheckRequest first, CheckRequest late) {
        candidate
                .problems()
                .warning(
                        late.asked().key(),
                        late.asked().key() + " is left out, because "
                                + first.asked().key()
                                + " comes first; number the checks to have both, such as CHECK_1_"
                                + Ascii.toUpperCase(first.kind().word()) + " and CHECK_2_"
                                + Ascii.toUpperCase(late.kind().word()));
    }
}
