package dev.oriel.app.asks.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.TestWindow;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.ElicitingMcpServer;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.window.ClaudeWindowJourney;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What an MCP server asks the user through the real `claude` CLI, answered in the window: what the
/// user entered is what the server reads.
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class ElicitationRealCliJourneyTest extends ClaudeWindowJourney {
    private static final String FORM =
            """
            {"elicit": {"message": "Who gets the window?", "requestedSchema": {
              "type": "object", "required": ["name", "panes"], "properties": {
                "name": {"type": "string", "title": "Name", "minLength": 2},
                "panes": {"type": "integer", "title": "Panes", "minimum": 1, "maximum": 9},
                "mail": {"type": "string", "title": "Mail", "format": "email"}}}}}
            """;

    private static final String PAGE =
            """
            {"elicit": {"mode": "url", "elicitationId": "e-1", "message": "Log in to the shop",
              "url": "https://someone@shop.example/login?step=1"}}
            """;

    @BeforeEach
    void addServer() throws IOException {
        ObjectNode configuration = Json.object();
        configuration.set(
                "mcpServers",
                Json.mapper().valueToTree(Map.of("desk", ElicitingMcpServer.configuration())));
        Files.writeString(folder.resolve("home").resolve(".claude.json"), configuration.toString());
        writeUserSettings("{\"permissions\": {\"allow\": [\"mcp__desk__ask\"]}}");
    }

    /// Has the server ask, and waits until its question is shown.
    private TestWindow askedFor(String input, String shown) {
        TestWindow window = open();
        api.enqueue(FakeReply.toolUse("mcp__desk__ask", input), FakeReply.text("It is ordered."));
        window.say("order it");
        window.until(() -> window.shown(shown));
        return window;
    }

    private String toldToTheModel() {
        return api.requests().getLast().lastUserText().replace("\\", "");
    }

    private static void fill(TestWindow window, int number, String text) {
        TestWindow.run(() -> ((TextField) window.node("ask-field-" + number)).setText(text));
    }

    private static long problems(TestWindow window) {
        return TestWindow.on(() ->
                window.stage().getScene().getRoot().lookupAll(".ask-wrong").stream()
                        .filter(Node::isVisible)
                        .filter(n -> !((Labeled) n).getText().isEmpty())
                        .count());
    }

    @Test
    void aFormIsSentOnceItsValuesAreValid() {
        TestWindow window = askedFor(FORM, "ask-field-2");
        assertThat(window.labels()).contains("Who gets the window?");
        fill(window, 0, "A");
        fill(window, 1, "12");
        fill(window, 2, "nowhere");
        window.press("ask-allow");
        assertThat(window.labels())
                .contains(
                        "At least 2 characters, now 1.",
                        "At most 9.",
                        "Enter an e-mail address, such as name@example.org.");
        assertThat(window.shown("ask-field-0")).isTrue();

        fill(window, 0, "Ada");
        fill(window, 1, "3");
        fill(window, 2, "");
        assertThat(problems(window)).isZero();
        window.press("ask-allow");
        awaitIdleWith(window, "It is ordered.");
        assertThat(toldToTheModel())
                .contains("\"action\":\"accept\"", "\"name\":\"Ada\"", "\"panes\":3")
                .doesNotContain("mail");
    }

    @Test
    void aFormThatTheUserDeclinesTellsTheServerSo() {
        TestWindow window = askedFor(FORM, "ask-field-2");
        fill(window, 0, "Ada");
        window.press("ask-deny");
        awaitIdleWith(window, "It is ordered.");
        assertThat(toldToTheModel()).contains("\"action\":\"decline\"").doesNotContain("Ada");
    }

    @Test
    void anAddressIsShownWithItsHostBeforeTheUserContinues() {
        TestWindow window = askedFor(PAGE, "ask-address");
        assertThat(window.labels()).contains("Log in to the shop", "It opens shop.example.");
        assertThat(TestWindow.on(() -> ((TextField) window.node("ask-address")).getText()))
                .isEqualTo("https://someone@shop.example/login?step=1");
        window.press("ask-allow");
        awaitIdleWith(window, "It is ordered.");
        assertThat(toldToTheModel()).contains("\"action\":\"accept\"");
    }
}
