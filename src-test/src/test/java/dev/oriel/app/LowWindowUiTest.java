package dev.oriel.app;

import static dev.oriel.app.TestWindow.on;
import static dev.oriel.app.TestWindow.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A low window with large text, in which an ask has less room than it needs.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LowWindowUiTest {
    @TempDir Path folder;

    @Test
    void theComposerStaysVisibleUnderEveryKindOfAsk() throws Exception {
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                config.resolve("settings.json"), "{\"text_size\":28,\"reduced_motion\":true}");
        try (TestWindow window =
                TestWindow.open(TestWindow.paths(folder), "demo", ClaudeCli::new, 660, 480)) {
            for (ObjectNode request : new ObjectNode[] {plan(), command(), form(), questions()}) {
                ask(window, request, "a");
                ask(window, request, "b");
                window.until(() -> window.wiring().asks().armed().get());
                run(() -> window.stage().getScene().getRoot().layout());
                on(() -> {
                    assertInSight(window, request);
                    return true;
                });
                run(() -> {
                    window.wiring().asks().dismiss();
                    window.wiring().asks().dismiss();
                });
                window.until(() -> window.wiring().asks().shown().get() == null);
            }
        }
    }

    private static void assertInSight(TestWindow window, ObjectNode request) {
        double height = window.stage().getScene().getHeight();
        Bounds field = bounds(window.node("send").getParent());
        Bounds header = bounds(window.node("link-state"));
        Parent ask = (Parent) window.stage().getScene().lookup(".ask");
        Bounds question = bounds(ask.lookup(".ask-question"));
        assertThat(field.getMaxY()).as("field under %s", request).isLessThanOrEqualTo(height);
        assertThat(header.getMinY()).as("header over %s", request).isGreaterThanOrEqualTo(0);
        assertThat(bounds(ask).getMaxY())
                .as("ask %s", request)
                .isLessThanOrEqualTo(bounds(window.node("composer")).getMinY());
        assertThat(question.getWidth()).as("question of %s", request).isGreaterThan(100);
    }

    private static Bounds bounds(Node node) {
        return node.localToScene(node.getLayoutBounds());
    }

    private static void ask(TestWindow window, ObjectNode request, String id) {
        ObjectNode m = Json.object().put("type", "control_request").put("request_id", id);
        m.set("request", request);
        run(() -> {
            window.wiring().asks().attach("s", _ -> true);
            window.wiring().asks().receive(Message.of(m), false);
        });
    }

    private static ObjectNode tool(String name) {
        return Json.object().put("subtype", "can_use_tool").put("tool_name", name);
    }

    private static ObjectNode plan() {
        ObjectNode plan = tool("ExitPlanMode");
        plan.putObject("input").put("plan", "# Plan\n\n" + "- one more step\n".repeat(40));
        return plan;
    }

    private static ObjectNode command() {
        ObjectNode command = tool("Bash");
        command.putObject("input")
                .put("command", "make\n".repeat(40))
                .put("description", "Builds everything that there is to build. ".repeat(12));
        return command;
    }

    private static ObjectNode form() {
        ObjectNode form =
                Json.object().put("subtype", "elicitation").put("mcp_server_name", "notes");
        form.put("message", "Where shall the notes go?");
        ObjectNode properties =
                form.putObject("requested_schema").put("type", "object").putObject("properties");
        for (int i = 0; i < 6; i++) {
            properties.putObject("field" + i).put("type", "string").put("title", "Field " + i);
        }
        return form;
    }

    private static ObjectNode questions() {
        ObjectNode questions = tool("AskUserQuestion");
        ArrayNode all = questions.putObject("input").putArray("questions");
        for (int i = 0; i < 3; i++) {
            ObjectNode question = all.addObject();
            question.put("question", "Which colour shall it have? " + i).put("header", "Colour");
            question.put("multiSelect", false);
            for (String label : new String[] {"Blue", "Green", "Something else entirely"}) {
                question.withArray("options")
                        .addObject()
                        .put("label", label)
                        .put("description", "What " + label + " means");
            }
        }
        return questions;
    }
}
