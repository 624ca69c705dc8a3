package dev.oriel.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// An option has precedence over the environment, that over the file, that over the default.
class OptionDefaultsTest {
    @TempDir Path folder;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void useAnotherDataFolder() {
        environment.put("ORIEL_DATA", folder.toString());
    }

    @Test
    void theDefaultAppliesIfNothingIsSet() {
        assertThat(value("--port")).isEqualTo("6743");
        assertThat(value("--claude")).isNull();
    }

    @Test
    void theFileInTheDataFolderIsRead() throws Exception {
        file("oriel.conf", "port=1\nidle-timeout = 2m\n# a comment\n");
        assertThat(value("--port")).isEqualTo("1");
        assertThat(value("--idle-timeout")).isEqualTo("PT2M");
    }

    @Test
    void theEnvironmentHasPrecedenceOverTheFile() throws Exception {
        file("oriel.conf", "port=1\nidle-timeout=2m\n");
        environment.put("ORIEL_PORT", "2");
        environment.put("ORIEL_IDLE_TIMEOUT", "3m");
        assertThat(value("--port")).isEqualTo("2");
        assertThat(value("--idle-timeout")).isEqualTo("PT3M");
    }

    @Test
    void anOptionHasPrecedenceOverAll() throws Exception {
        file("oriel.conf", "port=1\n");
        environment.put("ORIEL_PORT", "2");
        assertThat(value("--port", "--port", "3")).isEqualTo("3");
    }

    @Test
    void aGivenFileReplacesTheOneInTheDataFolder() throws Exception {
        file("oriel.conf", "port=1\n");
        Path other = file("other.conf", "port=5\n");
        assertThat(value("--port", "--config", other.toString())).isEqualTo("5");
        assertThat(value("--port", "--config=" + other)).isEqualTo("5");
        environment.put("ORIEL_CONFIG", other.toString());
        assertThat(value("--port")).isEqualTo("5");
    }

    @Test
    void theFileIsSearchedInTheGivenDataFolder() throws Exception {
        Path data = Files.createDirectory(folder.resolve("elsewhere"));
        Files.writeString(data.resolve("oriel.conf"), "port=4\n");
        assertThat(value("--port", "--data", data.toString())).isEqualTo("4");
    }

    @Test
    void aGivenFileMaySetTheDataFolder() throws Exception {
        environment.remove("ORIEL_DATA");
        Path other = file("other.conf", "data=/srv/oriel\n");
        assertThat(value("--data", "--config", other.toString())).isEqualTo("/srv/oriel");
        assertThat(value("--data", "--config", other.toString(), "--data", "/x")).isEqualTo("/x");
    }

    @Test
    void theFileInTheDataFolderCannotMoveTheDataFolder() throws Exception {
        file("oriel.conf", "data=/srv/oriel\n");
        assertThatThrownBy(() -> value("--port"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("cannot set 'data'");
    }

    @Test
    void listsAreSplit() throws Exception {
        file("oriel.conf", "allow-origin=https://a.example,https://b.example\n");
        assertThat(value("--allow-origin")).contains("https://a.example", "https://b.example");
    }

    @Test
    void aMissingFileIsAnError() {
        assertThatThrownBy(() -> value("--port", "--config", folder.resolve("none").toString()))
                .isInstanceOf(ParameterException.class)
                .hasMessage("The config file cannot be read");
        assertThatThrownBy(() -> value("--port", "--config", folder.toString()))
                .isInstanceOf(ParameterException.class)
                .hasMessage("The config file cannot be read");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aFileThatEveryoneCanWriteToIsRejectedWithARemedy() throws Exception {
        Path other = file("other.conf", "auth=none\n");
        file("oriel.conf", "auth=none\n");
        for (Path each : List.of(other, folder.resolve("oriel.conf"))) {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rw-rw-rw-"));
        }
        assertThatThrownBy(() -> value("--auth"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("chmod o-w");
        assertThatThrownBy(() -> value("--auth", "--config", other.toString()))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("chmod o-w");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aFileInADataFolderThatEveryoneCanWriteToIsRejected() throws Exception {
        file("oriel.conf", "auth=none\n");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> value("--auth"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("chmod o-w");
    }

    @Test
    void anUnknownNameInTheFileIsAnError() throws Exception {
        file("oriel.conf", "prot=1\n");
        assertThatThrownBy(() -> value("--port"))
                .isInstanceOf(ParameterException.class)
                .hasMessage("The config file has an unknown option 'prot'");
    }

    @Test
    void aWrongValueInTheFileIsAnErrorThatNamesTheOption() throws Exception {
        file("oriel.conf", "port=many\n");
        assertThatThrownBy(() -> value("--port"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--port");
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /// The value of an option of `serve` after parsing, as text.
    private @Nullable String value(String option, String... args) {
        var command = new CommandLine(new ServeCommand());
        command.setDefaultValueProvider(new OptionDefaults(environment));
        var parsed = command.parseArgs(args);
        Object value = parsed.commandSpec().findOption(option).getValue();
        return value == null ? null : value.toString();
    }
}
