package dev.oriel.app.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.cli.install.HostMachine;
import dev.oriel.app.TestWindow;
import dev.oriel.message.Json;
import dev.oriel.platform.OperatingSystem;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.window.ClaudeWindowJourney;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The checklist and the output of background commands with the real `claude` CLI, which talks to a
/// fake API.
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class WorkRealCliJourneyTest extends ClaudeWindowJourney {
    private static final String TODOS =
            """
            {"todos":[{"content":"Measure","activeForm":"Measuring","status":"%s"},
            {"content":"Cut","activeForm":"Cutting","status":"%s"}]}
            """;

    @BeforeEach
    void allowCommands() throws IOException {
        writeUserSettings("{\"permissions\":{\"allow\":[\"Bash\"]}}");
    }

    /// Newer versions have these tools for older models only, unless they are told to.
    private HostMachine machine() {
        Map<String, String> env = new HashMap<>(real.environment(api));
        env.put("CLAUDE_CODE_ENABLE_TODO_TOOLS", "1");
        env.put("CLAUDE_CODE_ENABLE_TASKS", "0");
        Path home = folder.resolve("home");
        return new HostMachine(OperatingSystem.LINUX, home, home, env);
    }

    private static String text(TestWindow window, String id) {
        return TestWindow.on(() -> window.node(id) instanceof Labeled l ? l.getText() : "");
    }

    private static String output(TestWindow window) {
        return TestWindow.on(() -> {
            Node node = window.stage().getScene().getRoot().lookup(".work-output");
            return node instanceof Labeled l ? l.getText() : "";
        });
    }

    private static void fire(TestWindow window, String words) {
        TestWindow.run(() ->
                window.stage().getScene().getRoot().lookupAll(".work-row .small").stream()
                        .map(Button.class::cast)
                        .filter(b -> b.getText().equals(words))
                        .findFirst()
                        .ifPresent(Button::fire));
    }

    @Test
    void theChecklistFollowsTodoWrite() {
        TestWindow window = open(machine());
        api.enqueue(
                FakeReply.toolUse("TodoWrite", TODOS.formatted("in_progress", "pending")),
                FakeReply.toolUse("TodoWrite", TODOS.formatted("completed", "in_progress"))
                        .waiting(gate),
                FakeReply.text("The glass is cut as far as it can be."));
        window.say("Cut the glass");
        window.until(() -> text(window, "work-checklist").equals("0 of 2 done · Measuring"));
        gate.countDown();
        window.until(() -> text(window, "work-checklist").equals("1 of 2 done · Cutting"));
        window.until(() -> window.transcript().contains("as far as it can be"));
        assertThat(text(window, "work-checklist")).isEqualTo("1 of 2 done · Cutting");
        window.press("work-checklist");
        window.until(() -> window.labels().contains("Measure"));
    }

    @Test
    void theLastLinesOfACommandThatHasFailedAreShown() {
        TestWindow window = open(machine());
        api.enqueue(
                FakeReply.toolUse(
                        "Bash",
                        Json.object()
                                .put(
                                        "command",
                                        "printf '10 %%\\r20 %%\\n'; echo no glass >&2; exit 3")
                                .put("description", "Look for glass")
                                .put("run_in_background", true)
                                .toString()),
                FakeReply.text("I look for it."));
        api.replyTo(_ -> FakeReply.text("There is none."));
        window.say("Is there glass?");
        window.until(() -> text(window, "work-tasks").equals("Background tasks ended"));
        window.press("work-tasks");
        window.until(() -> window.labels().contains("Look for glass"));
        fire(window, "Show output");
        window.until(() -> !output(window).isEmpty());
        assertThat(output(window)).startsWith("20 %\nno glass").endsWith("[exited with code 3]");
    }
}
