package dev.oriel.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatingSystemTest {
    @ParameterizedTest
    @CsvSource({
        "Linux, LINUX",
        "FreeBSD, LINUX",
        "Mac OS X, MACOS",
        "macOS, MACOS",
        "Darwin, LINUX",
        "Windows 11, WINDOWS",
        "windows server 2025, WINDOWS",
        "'', LINUX"
    })
    void isFoundByTheNameThatJavaGives(String name, OperatingSystem system) {
        assertThat(OperatingSystem.from(name)).isEqualTo(system);
    }

    @Test
    void currentIsThatOfThisJvm() {
        assertThat(OperatingSystem.current())
                .isEqualTo(OperatingSystem.from(System.getProperty("os.name")));
    }
}
