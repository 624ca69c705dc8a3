package dev.oriel.app.updates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SemVerTest {
    /// The example of semver.org, section 11, and further versions.
    private static final List<String> IN_ORDER =
            List.of(
                    "0.1.0-SNAPSHOT",
                    "0.1.0",
                    "0.2.0",
                    "0.10.0",
                    "1.0.0-alpha",
                    "1.0.0-alpha.1",
                    "1.0.0-alpha.beta",
                    "1.0.0-beta",
                    "1.0.0-beta.2",
                    "1.0.0-beta.11",
                    "1.0.0-rc.1",
                    "1.0.0",
                    "1.0.1",
                    "2.0.0",
                    "99999999999999999999.0.0");

    private static SemVer version(String text) {
        return SemVer.parse(text).orElseThrow();
    }

    @Test
    void ordersVersionsByPrecedence() {
        for (int i = 0; i < IN_ORDER.size(); i++) {
            for (int j = 0; j < IN_ORDER.size(); j++) {
                assertThat(
                                Integer.signum(
                                        version(IN_ORDER.get(i))
                                                .compareTo(version(IN_ORDER.get(j)))))
                        .as(IN_ORDER.get(i) + " and " + IN_ORDER.get(j))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    @Test
    void ignoresBuildMetadata() {
        assertThat(version("1.0.0+build.5")).isEqualByComparingTo(version("1.0.0"));
        assertThat(version("1.0.0-rc.1+5")).hasToString("1.0.0-rc.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.0",
                "1.0.0.0",
                "v1.0.0",
                "01.0.0",
                "1.0.0-",
                "1.0.0-01",
                "1.0.0-a..b",
                "1.0.0 ",
                "1.0.0-ü",
                "-1.0.0",
                "1.0.0+",
                "1.0.0\u202e"
            })
    void rejectsInvalidVersions(String text) {
        assertThat(SemVer.parse(text)).isEmpty();
    }

    @Test
    void rejectsLongVersions() {
        assertThat(SemVer.parse("1.0." + "9".repeat(1_000_000))).isEmpty();
    }
}
