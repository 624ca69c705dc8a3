package dev.oriel.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.platform.OperatingSystem;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataFolderTest {
    @ParameterizedTest
    @CsvSource({
        "LINUX, '', /home/anna/.local/share/oriel-server",
        "LINUX, ' ', /home/anna/.local/share/oriel-server",
        "LINUX, /data, /data/oriel-server",
        "MACOS, /data, /home/anna/Library/Application Support/oriel-server",
        "WINDOWS, '', /home/anna/AppData/Local/oriel-server",
        "WINDOWS, /data, /data/oriel-server",
    })
    void theFolderIsWhereTheSystemKeepsTheDataOfPrograms(
            OperatingSystem system, String variable, String expected) {
        Map<String, String> environment =
                Map.of(
                        system == OperatingSystem.WINDOWS ? "LOCALAPPDATA" : "XDG_DATA_HOME",
                        variable);
        assertThat(DataFolder.defaultPath(system, Path.of("/home/anna"), environment))
                .isEqualTo(Path.of(expected));
    }
}
