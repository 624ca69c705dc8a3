package dev.oriel.app.transcript;

import static dev.oriel.testing.window.FxThread.on;
import static dev.oriel.testing.window.FxThread.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.testing.window.FxThread;
import dev.oriel.testing.window.TranscriptStage;
import javafx.scene.control.Button;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// The transcript follows the end, opens what is folded, and is copied.
@ExtendWith(ApplicationExtension.class)
class TranscriptUiTest {
    @SuppressWarnings("NullAway.Init") // opened on the JavaFX thread, in start
    private TranscriptStage transcript;

    @Start
    void start(Stage stage) {
        transcript = TranscriptStage.open(stage, 600);
    }

    private TranscriptArea pane() {
        return transcript.area();
    }

    private Button pill() {
        return (Button) transcript.view().lookup("#jump-latest");
    }

    private long topOf(int line) {
        return on(() -> {
            transcript.view().layout();
            return Math.round(pane().topOf(line).orElseThrow());
        });
    }

    @Test
    void theEndStaysInSightWhileTheConversationGrows() {
        transcript.addTurns(40);
        transcript.awaitEnd();

        transcript.frames().prompt("One more").text("x", "And the answer");
        transcript.receive();
        transcript.awaitText("And the answer");

        transcript.awaitEnd();
        until(() -> !pill().isVisible());
    }

    @Test
    void oneUpwardScrollStopsFollowing() {
        transcript.addTurns(40);
        transcript.awaitEnd();
        transcript.wheel(40);
        transcript.wheel(400);
        until(() -> pill().isVisible());
        String before = transcript.top();

        transcript.frames().prompt("One more").text("x", "And the answer");
        transcript.receive();
        until(() -> pill().getText().contains("2 new"));

        assertThat(transcript.top()).isEqualTo(before);
    }

    @Test
    void aSmallUpwardScrollKeepsItsPlaceWhileTheConversationGrows() {
        transcript.addTurns(40);
        transcript.awaitEnd();
        String end = transcript.top();
        transcript.wheel(30);
        until(() -> !transcript.top().equals(end));
        String before = transcript.top();
        transcript.frames().text("x", "one\n\ntwo\n\nthree\n\nfour\n\nfive\n\nsix");
        transcript.receive();
        transcript.awaitText("six");

        assertThat(transcript.top()).isEqualTo(before);
    }

    @Test
    void theJumpButtonGoesToTheEndAndFollowsAgain() {
        transcript.addTurns(40);
        transcript.awaitEnd();
        transcript.wheel(2_000);
        until(() -> pill().isVisible());

        FxThread.run(() -> pill().fire());
        transcript.awaitEnd();
        until(() -> !pill().isVisible());
        transcript.frames().prompt("One more");
        transcript.receive();
        transcript.awaitText("One more");
        transcript.awaitEnd();
    }

    @Test
    void aClickOpensAToolCallInItsPlaceAndAnotherClosesIt() {
        transcript.addTurns(20);
        transcript
                .frames()
                .toolUse("t", "t1", "Bash", "{\"command\":\"ls\"}")
                .toolResult("t1", "secret output", false);
        transcript.receive();
        transcript.awaitText("Run  ls");
        transcript.awaitEnd();
        int card = on(() -> pane().getParagraphs().size() - 2);
        long stood = topOf(card);
        assertThat(on(() -> pane().getParagraph(card).getText())).startsWith("Run  ls");

        FxThread.run(() -> pane().moveTo(card, 0));
        transcript.press(KeyCode.ENTER, false);
        transcript.awaitText("secret output");
        assertThat(topOf(card)).isEqualTo(stood);

        transcript.press(KeyCode.ENTER, false);
        until(() -> !pane().getText().contains("secret output"));
    }

    @Test
    void aLineOf200KilobytesIsShownInBoundedParagraphs() {
        transcript.frames().text("m", "x".repeat(200_000));
        transcript.receive();
        until(() -> pane().getText().length() >= 200_000);

        transcript.awaitEnd();
        assertThat(
                        on(() ->
                                pane().getParagraphs().stream()
                                        .mapToInt(p -> p.length())
                                        .max()
                                        .orElse(0)))
                .isLessThanOrEqualTo(BlockBuilder.LONGEST);
    }

    @Test
    void aSelectionIsCopiedWithBulletsAndWholeLines() {
        transcript.frames().text("m", "# Title\n\n- one\n- two\n\n" + "y".repeat(5_000));
        transcript.receive();
        transcript.awaitText("two");

        FxThread.run(() -> {
            pane().selectAll();
            pane().copy();
        });

        String copied = on(() -> Clipboard.getSystemClipboard().getString());
        assertThat(copied).contains("Title\n• one\n• two\n" + "y".repeat(5_000));
    }

    @Test
    void aSelectionSurvivesStreaming() {
        transcript.frames().text("m", "Choose these words.");
        transcript.receive();
        transcript.awaitText("Choose");
        FxThread.run(() -> pane().selectRange(7, 12));

        transcript.frames().messageStart("n").blockStart(0, "text").delta(0, "More and more");
        transcript.receive();
        transcript.awaitText("More and more");

        assertThat(on(pane()::getSelectedText)).isEqualTo("these");
    }

    @Test
    void aLargePageIsRenderedInTheBackground() {
        for (int i = 0; i < 100; i++) {
            transcript.frames().text("m" + i, ("word " + i + " ").repeat(400));
        }
        transcript.receive();

        until(() -> pane().getText().startsWith("word 0 "));
        until(() ->
                transcript.model().items().stream()
                        .map(Item.Answer.class::cast)
                        .allMatch(a -> pane().getText().contains(a.markdown().substring(0, 8))));
    }

    @Test
    void noFrameAndNoTimerIsPendingWhenNothingChanges() {
        transcript.addTurns(5);
        transcript.frames().messageStart("n").blockStart(0, "text").delta(0, "half an answer");
        transcript.receive();
        transcript.awaitText("half an answer");

        until(() -> !transcript.view().isBusy());
    }
}
