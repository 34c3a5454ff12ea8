package io.registrator.derive;

import static io.registrator.derive.ContainerBuilder.published;
import static io.registrator.derive.Derivations.derive;
import static io.registrator.derive.Derivations.leftOut;
import static io.registrator.derive.Derivations.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import io.registrator.derive.LeftOut.Reason;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which containers are looked at: the container is {@code app} of the image {@code registry:5000/team/shop:1.2}. */
class FiltersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "label=tier",
                "label=tier=web",
                "label=tier=w*",
                "label=equation=a=b",
                "name=app",
                "name=a?p",
                "image=registry:5000/team/shop:1.2",
                "image=registry:5000/team/shop",
                "image=*/shop",
                "image=*:1.2",
                "project=store",
                "!label=other",
                "!label=tier=db",
                "!name=ap",
                "name=other,name=app",
                "label=tier,!name=other*,project=store",
            })
    void admits(String filters) {
        assertThat(filtered(filters).services()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "label=other",
                "label=tier=we",
                "label=TIER",
                "name=ap",
                "name=a.p",
                "image=shop",
                "project=*s",
                "!label=tier",
                "!name=a*",
                "label=tier,label=other",
                "name=app,image=other",
                "name=app,!project=store",
            })
    void leavesOut(String filters) {
        assertThat(leftOut(filtered(filters)).reason()).isEqualTo(Reason.FILTERED);
    }

    @Test
    void saysWhichFilterItWas() {
        assertThat(leftOut(filtered("name=app,!label=tier")).text()).isEqualTo("left out by -filter !label=tier");
        assertThat(leftOut(filtered("name=b*,name=c*")).text())
                .isEqualTo("not admitted by -filter name=b*, -filter name=c*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "app", "name", "name=", "names=app", "name=a=b", "label", "!!name=x", "Name=app"})
    void refusesWhatIsNoFilter(String text) {
        assertThatThrownBy(() -> ContainerFilter.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("label=KEY")
                .hasMessageEndingWith("not " + text);
    }

    private static ContainerDerivation filtered(String filters) {
        ImmutableList<ContainerFilter> parsed = Arrays.stream(filters.split(",", -1))
                .map(ContainerFilter::parse)
                .collect(ImmutableList.toImmutableList());
        return derive(
                settings().filters(parsed),
                published()
                        .image("registry:5000/team/shop:1.2")
                        .label("tier", "web")
                        .label("equation", "a=b")
                        .label("com.docker.compose.project", "store"));
    }
}
