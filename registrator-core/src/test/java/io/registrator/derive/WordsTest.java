package io.registrator.derive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The small parsers of words: images, lists, yes and no, slips of the keyboard, addresses. */
class WordsTest {

    @ParameterizedTest
    @CsvSource({
        "nginx, nginx",
        "nginx:1.25, nginx",
        "team/redis, redis",
        "registry.example.com:5000/team/web:1.2.3, web",
        "nginx@sha256:abab, nginx",
        "reg:5000/nginx:1.25@sha256:abab, nginx",
        "sha256:8383, sha256"
    })
    void takesTheNameOfAnImage(String reference, String name) {
        assertThat(ImageName.of(reference)).isEqualTo(name);
    }

    @Test
    void splitsListsAtCommasThatAreNotEscaped() {
        assertThat(TagList.split(",\\,x\\,,,y\\,z, plain")).containsExactly(",x,", "y,z", " plain");
        assertThat(TagList.split("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"True, true", "1, true", "YES, true", "on, true", "false, false", "0, false", "No, false", "'', false"})
    void understandsYesAndNo(String text, boolean yes) {
        assertThat(YesNo.parse(text)).contains(yes);
    }

    @Test
    void understandsNothingElseAsYesOrNo() {
        assertThat(YesNo.parse("maybe")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "check_headr, check_header",
        "check_htpp, check_http",
        "chekc_http, check_http",
        "names, name",
        "tag, tags",
        "ignroe, ignore",
        "check_2_intervall, check_2_interval"
    })
    void findsTheNearestAttribute(String slip, String meant) {
        assertThat(ControlAttributes.nearest(slip)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"region", "zone", "env", "version", "host", "zip", "team", "type", "x", "data_center"})
    void takesPlainWordsForWhatTheyAre(String own) {
        assertThat(ControlAttributes.nearest(own)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16, 10.1.255.255, true",
        "10.1.0.0/16, 10.2.0.0, false",
        "10.1.2.3/0, 200.0.0.1, true",
        "10.1.2.3/32, 10.1.2.4, false",
        "fd00::/8, fdff::1, true",
        "fd00::/8, fe80::1, false",
        "0.0.0.0/0, fd00::1, false"
    })
    void knowsWhatLiesInABlock(String cidr, String address, boolean contains) {
        assertThat(Cidr.parse(cidr)
                        .orElseThrow()
                        .contains(IpAddresses.parse(address).orElseThrow()))
                .isEqualTo(contains);
    }

    @ParameterizedTest
    @CsvSource({"10.1.0.0", "10.1.0.0/33", "10.1.0.0/-1", "10.1.0.0/x", "fd00::/129", "net/8", "/8", "10.1.0.0/"})
    void refusesWhatIsNoBlock(String text) {
        assertThat(Cidr.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0", "::", "256.1.1.1", "host", "host:80", "''", "fe80::1%eth0", "10.0.0.1/8", "[::1]"})
    void takesNothingElseForAnAddress(String text) {
        assertThat(IpAddresses.specific(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.7, 192.0.2.7", "2001:DB8:0::1, 2001:db8::1", "::ffff:192.0.2.7, 192.0.2.7"})
    void writesAddressesInTheirShortestForm(String text, String shortest) {
        assertThat(IpAddresses.specific(text)).contains(shortest);
    }
}
