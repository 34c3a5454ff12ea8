package io.registrator.cli.output;

import io.registrator.ops.doctor.Examination;
import io.registrator.ops.doctor.Finding;
import java.util.Locale;

/** What came of looking at a host, for people. */
public final class ExaminationText {
    private ExaminationText() {}

    public static String of(Examination examination) {
        StringBuilder text = new StringBuilder();
        examination.facts().forEach((fact, value) -> text.append("%-13s %s%n".formatted(fact, value)));
        examination.findings().forEach(finding -> append(text, finding));
        int findings = examination.findings().size();
        return text.append("\n")
                .append(findings == 0 ? "nothing is wrong" : findings + (findings == 1 ? " finding" : " findings"))
                .append("\n")
                .toString();
    }

    private static void append(StringBuilder text, Finding finding) {
        text.append("%n%s: %s%n".formatted(finding.code().name().toLowerCase(Locale.ROOT), finding.what()));
        text.append("  why it matters: %s%n".formatted(finding.why()));
        text.append("  what to do:     %s%n".formatted(finding.todo()));
    }
}
