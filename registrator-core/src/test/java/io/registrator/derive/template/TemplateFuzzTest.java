package io.registrator.derive.template;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever a label holds: it renders, or there is the one exception, and both soon. */
class TemplateFuzzTest {
    private static final Struct DATA = TemplateTest.data();

    @FuzzTest(maxDuration = "10m")
    void renders(byte[] input) {
        try {
            var unused = Template.parse(new String(input, UTF_8), TextFunctions.NAMES)
                    .render(DATA, TextFunctions.all(url -> url));
        } catch (TemplateException complaint) {
            // As it should.
        }
    }
}
