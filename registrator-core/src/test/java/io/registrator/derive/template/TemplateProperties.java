package io.registrator.derive.template;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever somebody writes into a label: it renders, or there is the one exception. */
class TemplateProperties {
    private static final Struct DATA = TemplateTest.data();

    @Property(tries = 3000)
    void rendersOrComplains(@ForAll("templates") String text) {
        try {
            var unused = Template.parse(text, TextFunctions.NAMES).render(DATA, TextFunctions.all(url -> url));
        } catch (TemplateException complaint) {
            if (complaint.getMessage() == null || complaint.getMessage().matches("\\d+:\\d+: .*(?s:.*)")) {
                return;
            }
            throw new AssertionError("no position: " + complaint.getMessage(), complaint);
        }
    }

    @Property(tries = 1000)
    void readsAnyTextOrComplains(@ForAll String text) {
        try {
            var unused = Template.parse("{{" + text + "}}", TextFunctions.NAMES);
        } catch (TemplateException complaint) {
            // As it should.
        }
    }

    @Provide
    Arbitrary<String> templates() {
        return Arbitraries.of(
                        "{{",
                        "}}",
                        "{{- ",
                        " -}}",
                        "if ",
                        "else ",
                        "{{end}}",
                        "range ",
                        "with ",
                        "$x",
                        " := ",
                        " = ",
                        "$",
                        ".",
                        ".Name",
                        ".Config.Env",
                        ".Config.Labels",
                        ".Ports",
                        ".Numbers",
                        ".State.Health",
                        "(",
                        ")",
                        " | ",
                        "\"a\"",
                        "`b`",
                        "'c'",
                        "1",
                        "-2",
                        "1.5",
                        "0x1f",
                        "nil",
                        "true",
                        " ",
                        "{{end}}",
                        "{{else}}",
                        ",",
                        "print ",
                        "printf ",
                        "\"%5.2v|%d|%q\" ",
                        "len ",
                        "index ",
                        "eq ",
                        "lt ",
                        "and ",
                        "or ",
                        "not ",
                        "toUpper ",
                        "replace -1 ",
                        "split ",
                        "join ",
                        "sIndex ",
                        "mIndex ",
                        "strSlice ",
                        "splitIndex ",
                        "matchAllElements ",
                        "jsonParse ",
                        "httpGet ",
                        "{{define \"t\"}}",
                        "{{template \"t\" .}}",
                        "{{break}}",
                        "{{continue}}",
                        "/*",
                        "*/",
                        "text",
                        "\n")
                .list()
                .ofMaxSize(14)
                .map(words -> String.join("", words));
    }
}
