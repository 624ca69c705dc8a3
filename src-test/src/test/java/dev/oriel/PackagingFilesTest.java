package dev.oriel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/// Checks the input files of the packages that can be read on any system.
class PackagingFilesTest {
    private static final Path PACKAGING = Path.of("../packaging").toAbsolutePath().normalize();
    private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|\\S+");

    /// Options that `jpackage` (JDK 25) takes, without those that take no value.
    private static final Set<String> WITH_VALUE =
            Set.of(
                    "--name",
                    "--vendor",
                    "--copyright",
                    "--description",
                    "--main-jar",
                    "--main-class",
                    "--java-options",
                    "--install-dir",
                    "--linux-package-name",
                    "--linux-app-category",
                    "--linux-menu-group",
                    "--mac-package-identifier",
                    "--mac-package-name",
                    "--mac-app-category",
                    "--win-upgrade-uuid",
                    "--win-menu-group");

    private static final Set<String> FLAGS =
            Set.of(
                    "--linux-shortcut",
                    "--win-menu",
                    "--win-shortcut-prompt",
                    "--win-per-user-install",
                    "--win-dir-chooser");

    private static List<String> words(Path file) throws IOException {
        List<String> words = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            Matcher m = WORD.matcher(line.startsWith("#") ? "" : line);
            while (m.find()) {
                words.add(m.group());
            }
        }
        return words;
    }

    @ParameterizedTest
    @CsvSource({"common, java", "linux, linux", "macos, mac", "windows, win"})
    void everyArgumentIsKnownToTheTool(String file, String family) throws IOException {
        List<String> words = words(PACKAGING.resolve("args/" + file + ".args"));
        assertThat(words).isNotEmpty();
        Set<String> once = new HashSet<>();
        for (int i = 0; i < words.size(); i++) {
            String option = words.get(i);
            if (WITH_VALUE.contains(option)) {
                i++;
                assertThat(words.size()).as("a value for " + option).isGreaterThan(i);
                assertThat(words.get(i)).doesNotStartWith("--l").isNotEqualTo("\"\"");
            } else {
                assertThat(FLAGS).contains(option);
            }
            if (!option.equals("--java-options")) {
                assertThat(once.add(option)).as(option + " only once").isTrue();
            }
            boolean ofOneSystem = option.matches("--(linux|mac|win)-.*");
            assertThat(ofOneSystem && !option.startsWith("--" + family)).as(option).isFalse();
        }
    }

    @Test
    void theSecondLauncherIsTheServer() throws IOException {
        var launcher = new Properties();
        try (var in = Files.newBufferedReader(PACKAGING.resolve("args/server.properties"))) {
            launcher.load(in);
        }
        assertThat(launcher)
                .containsEntry("main-class", "dev.oriel.serve.OrielServer")
                .containsEntry("win-console", "true");
    }

    @Test
    void theNewestReleaseInTheMetainfoIsThatOfThePom() throws IOException {
        Matcher pom =
                Pattern.compile("<artifactId>oriel</artifactId>\\s*<version>([\\d.]+)")
                        .matcher(Files.readString(PACKAGING.resolve("../pom.xml")));
        Matcher metainfo =
                Pattern.compile("<release version=\"([\\d.]+)\"")
                        .matcher(Files.readString(PACKAGING.resolve("linux/oriel.metainfo.xml")));
        assertThat(pom.find()).isTrue();
        assertThat(metainfo.find()).isTrue();
        assertThat(metainfo.group(1)).isEqualTo(pom.group(1));
    }

    @Test
    void everyModuleIsListedOnce() throws IOException {
        List<String> modules =
                Files.readAllLines(PACKAGING.resolve("modules.list")).stream()
                        .filter(l -> !l.isBlank() && !l.startsWith("#"))
                        .toList();
        assertThat(modules).contains("java.base", "javafx.controls").doesNotHaveDuplicates();
    }

    private static Document xml(String file) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        // External DTDs are not fetched.
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        DocumentBuilder builder = factory.newDocumentBuilder();
        builder.setErrorHandler(null);
        return builder.parse(PACKAGING.resolve(file).toFile());
    }

    private static List<String> texts(Document xml, String tag) {
        NodeList found = xml.getElementsByTagName(tag);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> found.item(i).getTextContent())
                .toList();
    }

    @Test
    void theMacOsServiceRestartsTheServerOnlyAfterAFailure() throws Exception {
        Document plist = xml("macos/dev.oriel.server.plist");
        assertThat(plist.getDocumentElement().getTagName()).isEqualTo("plist");
        assertThat(texts(plist, "string"))
                .contains(
                        "dev.oriel.server",
                        "/Applications/oriel.app/Contents/MacOS/oriel-server",
                        "serve");
        assertThat(texts(plist, "key")).contains("RunAtLoad", "KeepAlive", "SuccessfulExit");
        assertThat(texts(plist, "integer")).contains(Integer.toString(0_077));
    }

    @Test
    void theWindowsTaskRunsForOneUserWithoutTimeLimit() throws Exception {
        Document task = xml("windows/oriel-server.xml");
        assertThat(task.getDocumentElement().getTagName()).isEqualTo("Task");
        assertThat(texts(task, "UserId")).containsExactly("PERSON", "PERSON");
        assertThat(texts(task, "RunLevel")).containsExactly("LeastPrivilege");
        assertThat(texts(task, "ExecutionTimeLimit")).containsExactly("PT0S");
        assertThat(texts(task, "Command")).singleElement().asString().endsWith("oriel-server.exe");
        // Windows would not read it if it named an encoding that it is not in.
        assertThat(Files.readString(PACKAGING.resolve("windows/oriel-server.xml")))
                .startsWith("<?xml version=\"1.0\"?>")
                .matches(text -> text.chars().allMatch(c -> c < 0x80), "is ASCII");
    }

    @Test
    void theReadmeDescribesHowToStartEachService() throws IOException {
        assertThat(Files.readString(PACKAGING.resolve("README.md")))
                .contains(
                        "systemctl --user enable --now oriel-server",
                        "dev.oriel.server.plist",
                        "oriel-server.xml");
    }
}
