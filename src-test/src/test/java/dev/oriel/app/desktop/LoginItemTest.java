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

/// "Open Oriel when I log in" on Linux, macOS and Windows.
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

    private LoginItem loginItem(String os, Path launcher) {
        Properties properties = new Properties();
        properties.setProperty("os.name", os);
        properties.setProperty("user.home", home.toString());
        properties.setProperty("jpackage.app-path", launcher.toString());
        return LoginItems.find(properties, environment, registry).orElseThrow();
    }

    private Path entry() {
        return home.resolve(".config/autostart/dev.oriel.Oriel.desktop");
    }

    private Path plist() {
        return home.resolve("Library/LaunchAgents/dev.oriel.Oriel.plist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Linux", "Mac OS X", "Windows 11"})
    void turnsTheItemOnAndOff(String os) throws IOException {
        assertThat(loginItem(os, program).isOn()).isFalse();
        loginItem(os, program).setOn(true);
        assertThat(loginItem(os, program).isOn()).isTrue();
        loginItem(os, program).setOn(true);
        assertThat(loginItem(os, program).isOn()).isTrue();
        loginItem(os, program).setOn(false);
        assertThat(loginItem(os, program).isOn()).isFalse();
        loginItem(os, program).setOn(false);
        assertThat(loginItem(os, program).isOn()).isFalse();
        assertThat(entry()).doesNotExist();
        assertThat(plist()).doesNotExist();
        assertThat(registry.values).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Linux", "Mac OS X", "Windows 11"})
    void isOffIfTheItemStartsAnotherCopyOfOriel(String os) throws IOException {
        loginItem(os, install("elsewhere/oriel")).setOn(true);
        assertThat(loginItem(os, program).isOn()).isFalse();
        loginItem(os, program).setOn(true);
        assertThat(loginItem(os, program).isOn()).isTrue();
    }

    @Test
    void findsNoItemIfOrielWasNotInstalledFromAPackage() {
        Properties properties = new Properties();
        properties.setProperty("os.name", "Linux");
        properties.setProperty("user.home", home.toString());
        assertThat(LoginItems.find(properties, environment, registry)).isEmpty();
        properties.setProperty("jpackage.app-path", home.resolve("gone").toString());
        assertThat(LoginItems.find(properties, environment, registry)).isEmpty();
    }

    @Test
    void quotesTheLinuxEntryAsSpecified() throws IOException {
        loginItem("Linux", program).setOn(true);
        assertThat(Files.readAllLines(entry()))
                .startsWith("[Desktop Entry]", "Type=Application")
                .contains("Exec=\"" + home + "/My \\\\$Programs & \\\\\"more\\\\\" 100%%/oriel\"");
    }

    @Test
    void usesXdgConfigHomeOnLinuxIfItIsAbsolute() throws IOException {
        environment.put("XDG_CONFIG_HOME", home.resolve("settings").toString());
        loginItem("Linux", program).setOn(true);
        assertThat(home.resolve("settings/autostart/dev.oriel.Oriel.desktop")).exists();
        environment.put("XDG_CONFIG_HOME", "relative");
        assertThat(loginItem("Linux", program).isOn()).isFalse();
        loginItem("Linux", program).setOn(true);
        assertThat(entry()).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hidden=true", "X-GNOME-Autostart-enabled=false"})
    void isOffIfTheLinuxEntryWasDisabled(String line) throws IOException {
        loginItem("Linux", program).setOn(true);
        String entry = Files.readString(entry());
        Files.writeString(entry(), entry.replace("X-GNOME-Autostart-enabled=true", line));
        assertThat(loginItem("Linux", program).isOn()).isFalse();
        loginItem("Linux", program).setOn(true);
        assertThat(loginItem("Linux", program).isOn()).isTrue();
    }

    @Test
    void writesAWellFormedMacOsPlistWithTheProgram() throws Exception {
        loginItem("Mac OS X", program).setOn(true);
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        var strings =
                factory.newDocumentBuilder().parse(plist().toFile()).getElementsByTagName("string");
        assertThat(strings.item(0).getTextContent()).isEqualTo("dev.oriel.Oriel");
        assertThat(strings.item(1).getTextContent()).isEqualTo(program.toString());
    }

    @Test
    void isOffIfTheMacOsPlistIsDisabled() throws IOException {
        loginItem("Mac OS X", program).setOn(true);
        Files.writeString(
                plist(),
                Files.readString(plist())
                        .replace("<key>Label", "<key>Disabled</key>\n  <true/>\n  <key>Label"));
        assertThat(loginItem("Mac OS X", program).isOn()).isFalse();
    }

    @Test
    void quotesTheWindowsCommand() throws IOException {
        loginItem("Windows 11", program).setOn(true);
        assertThat(registry.values).containsExactly(Map.entry(RUN, "\"" + program + "\""));
    }

    @Test
    void isOffIfTheTaskManagerDisabledIt() throws IOException {
        LoginItem windows = loginItem("Windows 11", program);
        windows.setOn(true);
        registry.values.put(APPROVED, "020000000000000000000000");
        assertThat(windows.isOn()).isTrue();
        registry.values.put(APPROVED, "0300000059E9F5B2A1F3DA01");
        assertThat(windows.isOn()).isFalse();
        windows.setOn(true);
        assertThat(windows.isOn()).isTrue();
    }
}
