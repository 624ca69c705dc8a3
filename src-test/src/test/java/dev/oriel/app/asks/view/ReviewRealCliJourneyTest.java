package dev.oriel.app.asks.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.TestWindow;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.window.ClaudeWindowJourney;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import org.fxmisc.richtext.GenericStyledArea;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Questions and plans of the real `claude` CLI, answered in the window: what the user chose and
/// wrote is what the model reads.
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class ReviewRealCliJourneyTest extends ClaudeWindowJourney {
    private static final Pattern PLAN_FILE =
            Pattern.compile("(/[^\\s\"\\\\`]*/plans/[^\\s\"\\\\`]+\\.md)");

    private static String chip(TestWindow window, String id) {
        return ((Labeled) window.node(id)).getText();
    }

    /// Chooses the first item of a menu whose text contains this part.
    private static void choose(TestWindow window, String menu, String part) {
        TestWindow.run(() -> ((MenuButton) window.node(menu)).show());
        window.until(() -> item(window, menu, part) != null);
        TestWindow.run(() -> {
            MenuItem item = item(window, menu, part);
            ((MenuButton) window.node(menu)).hide();
            if (item != null) {
                item.fire();
            }
        });
    }

    private static @Nullable MenuItem item(TestWindow window, String menu, String part) {
        return ((MenuButton) window.node(menu))
                .getItems().stream()
                        .filter(i -> i.getText() != null && i.getText().contains(part))
                        .findFirst()
                        .orElse(null);
    }

    @Test
    void theAnswersToClaudesQuestionsReachTheModel() {
        TestWindow window = open();
        ObjectNode input = Json.object();
        ObjectNode glass = input.withArray("questions").addObject();
        glass.put("question", "Which glass?").put("header", "Glass").put("multiSelect", false);
        glass.withArray("options").addObject().put("label", "Clear").put("description", "Plain");
        glass.withArray("options").addObject().put("label", "Amber").put("description", "Warm");
        ObjectNode parts = input.withArray("questions").addObject();
        parts.put("question", "Which parts?").put("header", "Parts").put("multiSelect", true);
        parts.withArray("options").addObject().put("label", "Frame").put("description", "Wood");
        parts.withArray("options").addObject().put("label", "Sill").put("description", "Stone");
        api.enqueue(
                FakeReply.toolUse("AskUserQuestion", input.toString()),
                FakeReply.text("Amber it is."));

        window.say("build a window");
        window.until(() -> window.shown("ask-option-0-1"));
        assertThat(window.labels()).contains("Which glass?", "Which parts?");
        window.click("#ask-option-0-1");
        window.click("#ask-option-1-0");
        TestWindow.run(() -> ((TextField) window.node("ask-own-1")).setText("a hinge"));
        window.press("ask-allow");

        awaitIdleWith(window, "Amber it is.");
        assertThat(api.requests().getLast().lastUserText())
                .contains("Which glass?", "Amber", "Which parts?", "Frame, a hinge");
    }

    @Test
    void aPlanIsRevisedWithCommentsAndApprovedWithTheModeThatIsChosen() {
        TestWindow window = open();
        TestWindow.run(() -> window.newSessionFolder().set(folder.resolve("home").toString()));
        choose(window, "mode", "Plan");
        api.replyTo(ReviewRealCliJourneyTest::planned);
        window.say("plan it");
        window.until(() -> window.shown("plan-parts"));
        choose(window, "plan-parts", "the door");
        window.until(() -> window.node("plan-comment").isFocused());
        TestWindow.run(() -> ((TextField) window.node("plan-comment")).setText("Paint it blue."));
        window.press("plan-comment-add");
        assertThat(TestWindow.on(() -> window.button("ask-deny").getText()))
                .isEqualTo("Send the comment");
        window.press("ask-deny");

        window.until(() ->
                api.requests().stream().anyMatch(r -> r.lastUserText().contains("Paint it blue.")));
        window.until(
                () -> window.shown("ask-modes") && planText(window).contains("the door, blue"));
        window.until(() -> window.asks().armed().get());
        choose(window, "ask-modes", "accept edits");
        awaitIdleWith(window, "Painted.");
        assertThat(api.requests().getLast().lastUserText()).contains("approved");
        window.until(() -> chip(window, "mode").startsWith("Accept edits"));
    }

    /// Writes the plan into the file that the CLI names, and asks for approval, until it is given.
    private static FakeReply planned(FakeMessagesApi.Request request) {
        String last = request.lastUserText();
        if (last.contains("approved")) {
            return FakeReply.text("Painted.");
        }
        boolean revised = last.contains("Paint it blue.");
        if (last.contains("tool_result") && !revised) {
            return FakeReply.toolUse("ExitPlanMode", "{}");
        }
        Matcher file = PLAN_FILE.matcher(request.body().toString());
        assertThat(file.find()).isTrue();
        ObjectNode input = Json.object().put("file_path", file.group(1));
        String door = revised ? "- the door, blue" : "- the door";
        input.put("content", "# Paint\n\n" + door + "\n- the wall");
        return FakeReply.toolUse("Write", input.toString());
    }

    private static String planText(TestWindow window) {
        return ((GenericStyledArea<?, ?, ?>) window.node("ask-plan")).getText();
    }
}
