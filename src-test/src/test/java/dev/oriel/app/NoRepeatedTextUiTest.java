package dev.oriel.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.app.updates.BuildInfo;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeClaude;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The window shows each text in one place only.
class NoRepeatedTextUiTest {
    private static int times(String part, String text) {
        return (int) Pattern.compile(Pattern.quote(part)).matcher(text).results().count();
    }

    private static List<String> visibleLabels(TestWindow window) {
        return TestWindow.on(() ->
                window.stage().getScene().getRoot().lookupAll(".label").stream()
                        .filter(NoRepeatedTextUiTest::isVisible)
                        .map(n -> ((Labeled) n).getText())
                        .map(text -> text == null ? "" : text)
                        .toList());
    }

    private static boolean isVisible(Node node) {
        for (Node n = node; n != null; n = n.getParent()) {
            if (!n.isVisible()) {
                return false;
            }
        }
        return true;
    }

    @Test
    void onlyTheAskAndTheToolShowThatAnAnswerIsAwaited(@TempDir Path folder) {
        try (TestWindow window = TestWindow.demo(folder)) {
            window.say("tools");
            window.until(() -> window.wiring().asks().armed().get());
            window.until(() -> window.transcript().contains("waits for your answer"));
            assertThat(times("waits for your answer", TestWindow.on(window::transcript)))
                    .isEqualTo(1);
            assertThat(visibleLabels(window))
                    .noneMatch(text -> text.startsWith("Waiting for your"));
        }
    }

    @Test
    void aNoticeOfTheServerIsShownInTheConversationOnly(@TempDir Path folder) throws Exception {
        Path project = Files.createDirectories(folder.resolve("project"));
        Files.writeString(
                project.resolve(".mcp.json"),
                "{\"mcpServers\":{\"n\":{\"command\":\"run_\\u202e_n\",\"args\":[]}}}");
        FakeClaude fake = FakeClaude.in(Files.createDirectories(folder.resolve("fake"))).install();
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                config.resolve("settings.json"),
                Json.object().put("default_folder", project.toString()).toString());
        try (TestWindow window =
                TestWindow.cli(folder, s -> new ClaudeCli(s.withExecutable(fake.executable())))) {
            window.say("go");
            window.until(() -> window.wiring().asks().armed().get());
            window.until(() -> window.transcript().contains("is not used until it is trusted"));
            assertThat(visibleLabels(window))
                    .contains("Trust this folder? These would run without asking you:")
                    .noneMatch(text -> text.contains("is not used until"));
            assertThat(TestWindow.on(() -> window.node("ask-reason"))).isNull();
            window.press("ask-allow");
            window.until(() -> window.transcript().contains("This folder is trusted."));
        }
    }

    /// Otherwise the card about new versions would push the ask out of the window.
    @Test
    void theCardAboutVersionsMakesRoomForAnAsk(@TempDir Path folder) throws Exception {
        Path state = Files.createDirectories(folder.resolve("state"));
        Files.writeString(state.resolve("updates.json"), "{\"starts\":1}");
        URI nowhere = URI.create("http://127.0.0.1:1/");
        var outside =
                new SystemServices(
                        ClaudeCli::new,
                        Optional.empty(),
                        new BuildInfo(nowhere, nowhere, "0.1.0"),
                        _ -> {});
        try (TestWindow window =
                TestWindow.open(TestWindow.paths(folder), "demo", outside, 1000, 700)) {
            window.until(() -> window.shown("updates-yes"));
            window.say("tools");
            window.until(() -> window.wiring().asks().armed().get());
            assertThat(TestWindow.on(() -> window.shown("updates-yes"))).isFalse();
            // The demo asks more than once, and the next ask may appear before the card is found.
            window.until(() -> {
                window.wiring().asks().deny();
                return window.wiring().asks().shown().get() == null && window.shown("updates-yes");
            });
        }
    }
}
