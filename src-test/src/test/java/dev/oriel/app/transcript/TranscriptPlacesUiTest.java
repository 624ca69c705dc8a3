package dev.oriel.app.transcript;

import static dev.oriel.testing.window.FxThread.on;
import static dev.oriel.testing.window.FxThread.until;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.conversation.paging.ReadingPosition;
import dev.oriel.app.conversation.paging.SearchTarget;
import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.message.Message;
import dev.oriel.testing.manual.RecordingPages;
import dev.oriel.testing.manual.RecordingRetries;
import dev.oriel.testing.window.FxThread;
import dev.oriel.testing.window.TranscriptStage;
import java.time.Instant;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// Where the transcript stands: earlier pages, prompts, search hits, and the place read last.
@ExtendWith(ApplicationExtension.class)
class TranscriptPlacesUiTest {
    @SuppressWarnings("NullAway.Init") // opened on the JavaFX thread, in start
    private TranscriptStage transcript;

    @Start
    void start(Stage stage) {
        transcript = TranscriptStage.open(stage, 600);
    }

    private TranscriptArea pane() {
        return transcript.area();
    }

    @Test
    void olderPagesAreAddedAboveWithoutMovingTheText() {
        for (int i = 0; i < 120; i++) {
            transcript.frames().prompt("Prompt " + i + ".");
        }
        List<Message> all = transcript.frames().take();
        FxThread.run(() -> transcript.model().showLatest(all.subList(60, 120), true));
        transcript.awaitText("Prompt 119.");
        transcript.awaitEnd();
        int atEnd = on(() -> pane().firstVisible());
        transcript.wheel(900);
        until(() -> pane().firstVisible() < atEnd - 5 && !transcript.view().isBusy());
        String before = transcript.top();

        FxThread.run(() -> transcript.model().prepend(all.subList(0, 60), false));
        until(() -> pane().getText().startsWith("Prompt 0."));

        assertThat(transcript.top()).isEqualTo(before);
    }

    private Node marker(String line) {
        return requireNonNull(transcript.node(transcript.line(line)).lookup(".mark"));
    }

    @Test
    void aMarkerStaysTheSameNodeWhileSomethingIsAddedAbove() {
        transcript.frames().text("above", "Added above");
        transcript.frames().text("m", "- First bullet\n- Second bullet");
        transcript.frames().text("n", "word\n\n".repeat(60));
        List<Message> all = transcript.frames().take();
        FxThread.run(() -> transcript.model().showLatest(all.subList(1, 3), true));
        transcript.awaitText("Second bullet");
        transcript.press(KeyCode.HOME, false);
        until(() -> pane().topOf(transcript.line("Second bullet")).isPresent());
        until(() -> !transcript.view().isBusy());
        Node first = on(() -> marker("First bullet"));
        Node second = on(() -> marker("Second bullet"));
        assertThat(first).isNotSameAs(second);

        FxThread.run(() -> transcript.model().prepend(all.subList(0, 1), false));
        transcript.awaitText("Added above");
        until(() -> !transcript.view().isBusy());
        assertThat(on(() -> marker("First bullet"))).isSameAs(first);
        assertThat(on(() -> marker("Second bullet"))).isSameAs(second);
    }

    @Test
    void shiftWithPageKeysGoesFromPromptToPrompt() {
        transcript.addTurns(40);
        transcript.awaitEnd();
        transcript.press(KeyCode.HOME, false);
        until(() -> pane().firstVisible() == 0);

        transcript.press(KeyCode.PAGE_DOWN, true);
        until(() -> pane().getParagraph(pane().firstVisible()).getText().equals("Prompt number 1"));
        transcript.press(KeyCode.PAGE_DOWN, true);
        until(() -> pane().getParagraph(pane().firstVisible()).getText().equals("Prompt number 2"));
        transcript.press(KeyCode.PAGE_UP, true);
        until(() -> pane().getParagraph(pane().firstVisible()).getText().equals("Prompt number 1"));
        transcript.press(KeyCode.END, false);
        transcript.awaitEnd();
    }

    @Test
    void aConversationIsShownWhereItWasReadLast() {
        transcript.addTurns(40);
        transcript.awaitEnd();
        transcript.wheel(1_500);
        until(() -> transcript.model().readingPosition() instanceof ReadingPosition.At);
        until(() -> !transcript.view().isBusy());
        String before = transcript.top();
        ConversationModel other =
                new ConversationModel(
                        new RecordingPages(), new RecordingRetries(), () -> Instant.EPOCH);

        FxThread.run(() -> transcript.view().show(other));
        until(() -> pane().getText().isBlank());
        FxThread.run(() -> transcript.view().show(transcript.model()));
        transcript.awaitText("Answer number 39.");

        until(() -> transcript.top().equals(before));
    }

    private void goTo(long seq, String... words) {
        FxThread.run(() ->
                transcript
                        .model()
                        .goTo(new SearchTarget(seq, List.of(words), String.join(" ", words))));
    }

    private boolean marked(int paragraph) {
        return pane().getParagraph(paragraph).getParagraphStyle().classes().contains("sought");
    }

    @Test
    void aSearchHitIsScrolledToAndHighlightedForAMoment() {
        transcript.addTurns(60);
        transcript.awaitEnd();
        goTo(20, "some", "paragraphs");
        // In one condition: the mark is removed after a moment.
        until(() -> {
            int at = pane().getCurrentParagraph();
            double top = pane().topOf(at).orElseThrow();
            return pane().getSelectedText().equals("some")
                    && pane().getParagraph(at).getText().equals("some paragraphs.")
                    && marked(at)
                    && top >= 0
                    && top <= pane().getViewportHeight() / 2;
        });
        int place = on(() -> pane().getCurrentParagraph());
        until(() -> !marked(place));
        until(() -> pane().topOf(place).isPresent() && !transcript.view().isBusy());
    }

    @Test
    void anItemThatHidesASearchHitIsOpened() {
        transcript
                .frames()
                .prompt("go")
                .toolUse("m", "t1", "Bash", "{\"command\":\"make\"}")
                .toolResult("t1", "line\n".repeat(200) + "the needle is here", false);
        transcript.receive();
        transcript.addTurns(40);
        transcript.awaitEnd();
        assertThat(on(() -> pane().getText())).doesNotContain("needle");
        goTo(3, "needle");
        until(() -> pane().getSelectedText().equals("needle"));
        until(() -> pane().topOf(pane().getCurrentParagraph()).isPresent());
    }
}
