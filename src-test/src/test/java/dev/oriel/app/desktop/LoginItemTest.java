package dev.oriel.app.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// "Open Oriel when I log in", in each system's own place.
class LoginItemTest {
    private static final String RUN =
            "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run Oriel";
    private static final String APPROVED =
            "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\StartupApproved\\Run"
                    + " Oriel";

    @TempDir Path home;
    private final FakeWindowsRegistry registry = new FakeWindowsRegistry();
    private final Map<String, String> environment = new HashMap<>();
    private Path program;

    @BeforeEach
    void install() throws IOException {
        program = install("My $Programs & \"more\" 100%/oriel");
    }

    private Path install(String name) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.createFile(file);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private LoginItem on(String os, Path launcher) {
        Properties properties = new Properties();
        properties.setProperty("os.name", os);
        properties.setProperty("user.home", home.toString());
        properties.setProperty("jpackage.app-path", launcher.toString());
        return LoginItems.find(properties, environment, registry).orElseThrow();
    }

    private Path entry() {
        return home.resolve(".config/autostart/dev.oriel.Oriel.desktop");
    }

    private Path agent() {
        return home.resolve("Library/LaunchAgents/dev.oriel.Oriel.plist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Linux", "Mac OS X", "Windows 11"})
    void itIsTurnedOnAndOffAndReadFromTheSystem(String os) throws IOException {
        assertThat(on(os, program).isOn()).isFalse();
        on(os, program).setOn(true);
        assertThat(on(os, program).isOn()).isTrue();
        on(os, program).setOn(true);
        assertThat(on(os, program).isOn()).isTrue();
        on(os, program).setOn(false);
        assertThat(on(os, program).isOn()).isFalse();
        on(os, program).setOn(false);
        assertThat(on(os, program).isOn()).isFalse();
        assertThat(entry()).doesNotExist();
        assertThat(agent()).doesNotExist();
        assertThat(registry.values).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Linux", "Mac OS X", "Windows 11"})
    void anotherCopyOfOrielIsNotThisOne(String os) throws IOException {
        on(os, install("elsewhere/oriel")).setOn(true);
        assertThat(on(os, program).isOn()).isFalse();
        on(os, program).setOn(true);
        assertThat(on(os, program).isOn()).isTrue();
    }

    @Test
    void withoutAPackageThereIsNothingToOpen() {
        Properties properties = new Properties();
        properties.setProperty("os.name", "Linux");
        properties.setProperty("user.home", home.toString());
        assertThat(LoginItems.find(properties, environment, registry)).isEmpty();
        properties.setProperty("jpackage.app-path", home.resolve("gone").toString());
        assertThat(LoginItems.find(properties, environment, registry)).isEmpty();
    }

    @Test
    void theEntryOfLinuxIsQuotedAsTheSpecificationWants() throws IOException {
        on("Linux", program).setOn(true);
        assertThat(Files.readAllLines(entry()))
                .startsWith("[Desktop Entry]", "Type=Application")
                .contains("Exec=\"" + home + "/My \\\\$Programs & \\\\\"more\\\\\" 100%%/oriel\"");
    }

    @Test
    void theFolderOfLinuxIsWhereTheEnvironmentSaysIfThatIsAbsolute() throws IOException {
        environment.put("XDG_CONFIG_HOME", home.resolve("settings").toString());
        on("Linux", program).setOn(true);
        assertThat(home.resolve("settings/autostart/dev.oriel.Oriel.desktop")).exists();
        environment.put("XDG_CONFIG_HOME", "relative");
        assertThat(on("Linux", program).isOn()).isFalse();
        on("Linux", program).setOn(true);
        assertThat(entry()).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hidden=true", "X-GNOME-Autostart-enabled=false"})
    void whoSwitchesItOffInTheDesktopsSettingsSeesItHere(String line) throws IOException {
        on("Linux", program).setOn(true);
        String entry = Files.readString(entry());
        Files.writeString(entry(), entry.replace("X-GNOME-Autostart-enabled=true", line));
        assertThat(on("Linux", program).isOn()).isFalse();
        on("Linux", program).setOn(true);
        assertThat(on("Linux", program).isOn()).isTrue();
    }

    @Test
    void theAgentOfMacOsIsSoundXmlAndNamesTheProgram() throws Exception {
        on("Mac OS X", program).setOn(true);
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        var strings =
                factory.newDocumentBuilder().parse(agent().toFile()).getElementsByTagName("string");
        assertThat(strings.item(0).getTextContent()).isEqualTo("dev.oriel.Oriel");
        assertThat(strings.item(1).getTextContent()).isEqualTo(program.toString());
    }

    @Test
    void anAgentOfMacOsThatIsDisabledIsOff() throws IOException {
        on("Mac OS X", program).setOn(true);
        Files.writeString(
                agent(),
                Files.readString(agent())
                        .replace("<key>Label", "<key>Disabled</key>\n  <true/>\n  <key>Label"));
        assertThat(on("Mac OS X", program).isOn()).isFalse();
    }

    @Test
    void theCommandOfWindowsIsQuoted() throws IOException {
        on("Windows 11", program).setOn(true);
        assertThat(registry.values).containsExactly(Map.entry(RUN, "\"" + program + "\""));
    }

    @Test
    void whoSwitchesItOffInTheTaskManagerSeesItHere() throws IOException {
        LoginItem windows = on("Windows 11", program);
        windows.setOn(true);
        registry.values.put(APPROVED, "020000000000000000000000");
        assertThat(windows.isOn()).isTrue();
        registry.values.put(APPROVED, "0300000059E9F5B2A1F3DA01");
        assertThat(windows.isOn()).isFalse();
        windows.setOn(true);
        assertThat(windows.isOn()).isTrue();
    }
}
