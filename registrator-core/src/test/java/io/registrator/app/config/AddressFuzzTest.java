package io.registrator.app.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.common.base.Splitter;
import java.util.List;
import java.util.Map;

/** Whatever is given for the addresses of registry and engine: it is one, or there is the one exception. */
class AddressFuzzTest {

    /** A registry URI, CONSUL_HTTP_ADDR and DOCKER_HOST, a line each. */
    @FuzzTest(maxDuration = "10m")
    void reads(byte[] input) {
        List<String> lines = Splitter.on('\n').splitToList(new String(input, UTF_8) + "\n\n");
        complainsAtMost(() -> RegistryAddress.parse(lines.get(0), lines.get(1)).toString());
        complainsAtMost(() -> EngineAddress.from(Map.of("DOCKER_HOST", lines.get(2)), path -> false)
                .toString());
    }

    private interface Reading {
        String text();
    }

    private static void complainsAtMost(Reading reading) {
        try {
            var unused = reading.text();
        } catch (ConfigException complaint) {
            // As it should.
        }
    }
}
