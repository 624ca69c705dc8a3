package dev.oriel.app.asks.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.TestWindow;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.window.ClaudeWindowJourney;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Rules that the user saves in the window, with the real `claude` CLI: they are saved where the
/// menu says, and cover the next call.
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class ScopesRealCliJourneyTest extends ClaudeWindowJourney {
    private static FakeReply run(String command) {
        return FakeReply.toolUse(
                "Bash",
                Json.object().put("command", command).put("description", "Paint").toString());
    }

    /// Chooses the item whose rule is saved in this file.
    private static void save(TestWindow window, String file) {
        window.until(() -> window.shown("ask-scopes") && window.asks().armed().get());
        TestWindow.run(() -> {
            MenuButton menu = (MenuButton) window.node("ask-scopes");
            menu.show();
            MenuItem item =
                    menu.getItems().stream()
                            .filter(i -> i.getText().endsWith("→  " + file))
                            .findFirst()
                            .orElseThrow();
            menu.hide();
            item.fire();
        });
    }

    private static String allowed(Path file) throws Exception {
        JsonNode saved = Json.mapper().readTree(Files.readString(file));
        return saved.at("/permissions/allow").toString();
    }

    @Test
    void rulesAreSavedWhereTheMenuSaysAndCoverTheNextCall() throws Exception {
        Path project = Files.createDirectories(folder.resolve("home").resolve("project"));
        TestWindow window = open();
        TestWindow.run(() -> window.newSessionFolder().set(project.toString()));
        api.enqueue(
                run("make paint_door"),
                run("make paint_door"),
                run("make paint_wall"),
                run("make paint_sill"),
                FakeReply.text("All is painted."));
        window.say("paint");

        save(window, ".claude/settings.local.json");
        // The second call for the door is covered: the next ask is about the wall.
        window.until(() -> asksFor(window, "make paint_wall"));
        save(window, ".claude/settings.json");
        window.until(() -> asksFor(window, "make paint_sill"));
        save(window, "~/.claude/settings.json");
        awaitIdleWith(window, "All is painted.");

        assertThat(allowed(project.resolve(".claude/settings.local.json")))
                .contains("make paint_door")
                .doesNotContain("paint_wall", "paint_sill");
        assertThat(allowed(project.resolve(".claude/settings.json")))
                .contains("make paint_wall")
                .doesNotContain("paint_door", "paint_sill");
        assertThat(allowed(folder.resolve("home").resolve(".claude/settings.json")))
                .contains("make paint_sill")
                .doesNotContain("paint_door", "paint_wall");
    }

    private static boolean asksFor(TestWindow window, String command) {
        var ask = window.asks().shown().get();
        return ask != null && ask.input().path("command").asText().equals(command);
    }
}
