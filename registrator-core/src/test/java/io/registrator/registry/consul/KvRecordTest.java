package io.registrator.registry.consul;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrator.testing.TestServices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is taken for a record of ours. Whoever may write keys may write anything. */
class KvRecordTest {
    private static final KvRecord RECORD =
            KvRecord.of(TestServices.web("web").tags("a").definition(), new KvLayout.Entry("up/web", "192.0.2.1:80"));

    @Test
    void readsWhatItHasWritten() {
        assertThat(KvRecord.parse(RECORD.json())).hasValue(RECORD);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"tags\":[\"a\"] | \"tags\":[null]",
                "\"tags\":[\"a\"] | \"tags\":null",
                "\"meta\":{     | \"meta\":{\"a\":null,",
                "\"weight\":1   | \"weight\":70000",
                "\"weight\":1   | \"weight\":0",
                "\"warningWeight\":1 | \"warningWeight\":-1",
                "\"id\":\"web\" | \"id\":\"a//b\"",
                "\"key\"        | \"other\""
            })
    void takesNothingElseForARecord(String written, String instead) {
        String json = RECORD.json().replace(written, instead).replace(",}", "}");
        assertThat(json).isNotEqualTo(RECORD.json());

        assertThat(KvRecord.parse(json)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[1,2]", "7", "{\"id\":5}", "{\"weight\":1e99}", "{\"tags\":7}", "null", "{"})
    void takesNoOtherJsonForOne(String json) {
        assertThat(KvRecord.parse(json)).isEmpty();
    }
}
