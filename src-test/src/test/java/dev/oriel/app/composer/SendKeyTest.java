package dev.oriel.app.composer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.platform.OperatingSystem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendKeyTest {
    @ParameterizedTest
    @CsvSource({
        "ENTER,      LINUX,   Enter",
        "ENTER,      MACOS,   Enter",
        "CTRL_ENTER, LINUX,   Ctrl+Enter",
        "CTRL_ENTER, WINDOWS, Ctrl+Enter",
        "CTRL_ENTER, MACOS,   Cmd+Enter"
    })
    void theLabelIsTheNameOfTheKeyOnTheSystem(SendKey key, OperatingSystem system, String label) {
        assertThat(key.label(system)).isEqualTo(label);
    }
}
