package io.registrator.registry.consul;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableListMultimap;
import io.registrator.model.CheckDefinition;
import io.registrator.model.Probe;
import io.registrator.model.ServiceDefinition;
import io.registrator.testing.TestServices;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CheckDocumentsTest {
    /** The ID carries a hash of the document: in another order it would be another check after every restart. */
    @Test
    void hasHeadersInOneOrder() {
        CheckDefinition check = TestServices.check(
                new Probe.Http(
                        "http://192.0.2.1/",
                        "",
                        ImmutableListMultimap.of("X-Key", "1", "Host", "web", "User-Agent", "me", "Accept", "*/*"),
                        "",
                        false,
                        ""),
                null);
        ServiceDefinition web = TestServices.web("web").checks(check).definition();

        assertThat(CheckDocuments.of(web, check, Set.of()).getHeader().keySet())
                .containsExactly("Accept", "Host", "User-Agent", "X-Key");
    }
}
