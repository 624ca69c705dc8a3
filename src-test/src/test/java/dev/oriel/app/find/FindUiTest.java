package dev.oriel.app.find;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.TestWindow;
import dev.oriel.journal.Journal;
import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.testing.server.StoredSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import org.fxmisc.richtext.GenericStyledArea;
import org.fxmisc.richtext.model.TwoDimensional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;

/// Finding text in a conversation of 2,000 messages, most of which the window has not loaded.
class FindUiTest {
    private static final UUID SESSION = UUID.randomUUID();
    private static final int TURNS = 500;

    @TempDir Path folder;
    private TestWindow window;

    @BeforeEach
    void open() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        try (Journal journal = SqliteJournal.open(data.resolve("oriel.db"))) {
            journal.save(StoredSession.of(SESSION).agent("demo").record());
            journal.append(SESSION, 1, messages());
        }
        window = TestWindow.demo(folder);
        window.openSession(SESSION.toString());
        window.until(() -> window.transcript().contains("Answer 499"));
    }

    @AfterEach
    void close() {
        window.close();
    }

    /// Turns of a prompt, a tool call, its result and an answer.
    private static List<Message> messages() {
        List<Message> all = new ArrayList<>();
        for (int i = 0; i < TURNS; i++) {
            ObjectNode prompt = Json.object().put("type", "user").put("uuid", "p" + i);
            prompt.putObject("message").put("content", "Prompt " + i + (i == 3 ? " zebra" : ""));
            all.add(Message.of(prompt));
            all.add(said(i, "tool_use"));
            ObjectNode result = Json.object().put("type", "user").put("session_id", "a");
            result.putObject("message")
                    .putArray("content")
                    .addObject()
                    .put("type", "tool_result")
                    .put("tool_use_id", "tool" + i)
                    .put("content", "line\n".repeat(400) + (i == 498 ? "giraffe\n" : ""));
            all.add(Message.of(result));
            all.add(said(i, "text"));
        }
        return all;
    }

    private static Message said(int i, String type) {
        ObjectNode message = Json.object().put("type", "assistant");
        ObjectNode block =
                message.putObject("message")
                        .put("id", "m" + i)
                        .putArray("content")
                        .addObject()
                        .put("type", type);
        if (type.equals("text")) {
            block.put("text", "Answer " + i + " is **bold** text.");
        } else {
            block.put("id", "tool" + i).put("name", "Bash");
            block.putObject("input").put("command", "run " + i);
        }
        return Message.of(message);
    }

    private void find(String text) {
        TestWindow.run(() -> {
            window.stage().requestFocus();
            window.composer().requestFocus();
        });
        window.chord(KeyCode.CONTROL, KeyCode.F);
        window.until(() -> window.node("find-field").isFocused());
        TestWindow.run(() -> ((TextField) window.node("find-field")).setText(text));
    }

    private String count() {
        return ((Label) window.node("find-count")).getText();
    }

    private GenericStyledArea<?, ?, ?> area() {
        return (GenericStyledArea<?, ?, ?>) window.node("transcript");
    }

    /// The paragraphs in sight that have the style of the current hit.
    private String current() {
        for (int i = 0; i < area().getParagraphs().size(); i++) {
            var paragraph = area().getParagraph(i);
            if (paragraph.getStyleSpans().toString().contains("found-current")) {
                return paragraph.getText();
            }
        }
        return "";
    }

    @Test
    void hitsAreCountedInTheWholeConversationAndVisitedInOrder() {
        find("bold text");
        window.until(() -> count().equals("500 of 500"));
        window.until(() -> current().equals("Answer 499 is bold text."));
        window.chord(KeyCode.SHIFT, KeyCode.ENTER);
        window.until(() -> count().equals("499 of 500"));
        window.until(() -> current().equals("Answer 498 is bold text."));
        window.type(KeyCode.ENTER);
        window.until(() -> count().equals("500 of 500"));
        window.type(KeyCode.ENTER);
        window.until(() -> count().equals("1 of 500, from the start"));
        window.until(() -> current().equals("Answer 0 is bold text."));
        window.type(KeyCode.ENTER);
        window.until(() -> current().equals("Answer 1 is bold text."));
        window.chord(KeyCode.SHIFT, KeyCode.ENTER);
        window.chord(KeyCode.SHIFT, KeyCode.ENTER);
        window.until(() -> count().equals("500 of 500, from the end"));
        window.until(() -> current().equals("Answer 499 is bold text."));
    }

    @Test
    void aHitThatIsNotLoadedIsLoaded() {
        find("zebra");
        window.until(() -> count().equals("1 of 1"));
        window.until(() -> current().equals("Prompt 3 zebra"));
    }

    @Test
    void aHitInAFoldedToolCallIsOpened() {
        find("giraffe");
        window.until(() -> count().equals("1 of 1"));
        window.until(() -> current().equals("giraffe"));
    }

    @Test
    void theLevelOfDetailKeepsThePlaceAndFindOpensWhatItHides() {
        find("prompt 480");
        window.until(() -> current().equals("Prompt 480"));
        window.type(KeyCode.ESCAPE);
        TestWindow.run(() -> {
            int at = area().getText().indexOf("Prompt 480");
            area().showParagraphAtTop(
                            area().offsetToPosition(at, TwoDimensional.Bias.Forward).getMajor());
        });
        for (String level : List.of("VERBOSE", "SUMMARY")) {
            window.chord(KeyCode.CONTROL, KeyCode.O);
            window.until(() -> level.equals("SUMMARY") == !window.transcript().contains("run 480"));
            window.until(() -> inSight("Prompt 480"));
        }
        assertThat(TestWindow.on(window::transcript)).contains("Worked: 1 tool call");
        find("run 481");
        window.until(() -> current().contains("run 481"));
    }

    @Test
    void theOutlineJumpsToAPromptThatIsNotLoaded() {
        TestWindow.run(() -> window.composer().requestFocus());
        new FxRobot()
                .press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.O)
                .release(KeyCode.O, KeyCode.SHIFT, KeyCode.CONTROL);
        window.until(() -> ((Label) window.node("outline-status")).getText().equals("500 prompts"));
        TestWindow.run(() -> ((TextField) window.node("outline-filter")).setText("zebra"));
        window.until(() -> ((Label) window.node("outline-status")).getText().equals("1 prompt"));
        TestWindow.run(() -> window.node("outline-filter").requestFocus());
        window.type(KeyCode.ENTER);
        window.until(() -> inSight("Prompt 3 zebra"));
        window.until(() -> window.composer().isFocused());
    }

    @Test
    void promptsAreReachedFromTheComposerAlsoWhereNothingIsLoaded() {
        TestWindow.run(() -> window.composer().requestFocus());
        window.chord(KeyCode.CONTROL, KeyCode.UP);
        window.until(() -> inSight("Prompt 499"));
        window.chord(KeyCode.CONTROL, KeyCode.UP);
        window.until(() -> inSight("Prompt 498"));
        String first =
                TestWindow.on(() -> {
                    String held = area().getText();
                    area().showParagraphAtTop(0);
                    return held.substring(0, held.indexOf('\n'));
                });
        assertThat(first).isNotEmpty();
        window.chord(KeyCode.CONTROL, KeyCode.DOWN);
        assertThat(TestWindow.on(() -> window.composer().isFocused())).isTrue();
    }

    private boolean inSight(String text) {
        int at = area().getText().indexOf(text);
        return at >= 0 && area().getCharacterBoundsOnScreen(at, at + 1).isPresent();
    }

    @Test
    void escapeClosesTheBarAndReturnsTheFocus() {
        find("bold");
        window.until(() -> !current().isEmpty());
        window.type(KeyCode.ESCAPE);
        window.until(() -> window.composer().isFocused());
        window.until(() -> !window.shown("find-field") && current().isEmpty());
        window.type(KeyCode.F3);
        window.until(() -> window.node("find-field").isFocused() && count().startsWith("500 of"));
    }

    @Test
    void aSearchWithoutResultStaysAtTheEnd() {
        find("nothing has this");
        window.until(() -> count().equals("No results"));
        window.type(KeyCode.ENTER);
        window.type(KeyCode.ESCAPE);
        window.until(() -> window.composer().isFocused());
        assertThat(window.shown("jump-latest")).isFalse();
        window.say("hello");
        window.until(() -> window.transcript().contains("what else the demo can play"));
        assertThat(window.shown("jump-latest")).isFalse();
    }

    @Test
    void aBadExpressionIsExplainedAndTheNextLetterRepairsIt() {
        find("(bold");
        TestWindow.run(() -> ((ToggleButton) window.node("find-regex")).setSelected(true));
        window.until(() -> window.shown("find-error"));
        window.until(() ->
                ((Label) window.node("find-error"))
                        .getText()
                        .equals("Not a regular expression: Unclosed group."));
        TestWindow.run(() -> ((TextField) window.node("find-field")).setText("(bold) t"));
        window.until(() -> count().equals("500 of 500"));
    }

    @Test
    void aCatastrophicExpressionIsGivenUp() {
        find("((a|n|s|w|e|r)*(.*))*\\2b{9}");
        TestWindow.run(() -> ((ToggleButton) window.node("find-regex")).setSelected(true));
        window.until(() ->
                count().equals("No results")
                        || ((Label) window.node("find-error"))
                                .getText()
                                .contains("takes too long"));
    }
}
