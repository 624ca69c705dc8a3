package dev.oriel.app.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.paging.ReadingPosition;
import dev.oriel.app.conversation.paging.SearchTarget;
import dev.oriel.app.fx.FxLane;
import dev.oriel.app.fx.FxScheduler;
import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.message.Message;
import dev.oriel.testing.data.SampleFrames;
import dev.oriel.testing.manual.MouseWheel;
import dev.oriel.testing.manual.RecordingPages;
import dev.oriel.testing.manual.RecordingRetries;
import dev.oriel.testing.media.TestMedia;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class TranscriptUiTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final SampleFrames frames = new SampleFrames();
    private final RecordingPages pages = new RecordingPages();
    private final List<String> opened = new ArrayList<>();
    private final ConversationModel model =
            new ConversationModel(pages, new RecordingRetries(), () -> NOW);

    @SuppressWarnings("NullAway.Init") // made on the JavaFX thread, in start
    private TranscriptView view;

    @SuppressWarnings("NullAway.Init")
    private TranscriptArea pane;

    @Start
    void start(Stage stage) {
        FxLane lane = new FxLane();
        view =
                new TranscriptView(
                        lane,
                        new FxScheduler(lane),
                        ForkJoinPool.commonPool(),
                        () -> NOW,
                        opened::add,
                        TestMedia.viewer(lane));
        pane = (TranscriptArea) view.lookup("#transcript");
        Scene scene = new Scene(view, 800, 600);
        scene.getStylesheets().addAll("/dev/oriel/app/theme/tokens.css", TranscriptView.STYLESHEET);
        view.getStyleClass().add("oriel-light");
        stage.setScene(scene);
        stage.show();
    }

    @BeforeEach
    void showIt() throws Exception {
        onFx(() -> {
            view.show(model);
            return true;
        });
    }

    private static <T> T onFx(Callable<T> work) throws Exception {
        CompletableFuture<T> done = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                done.complete(work.call());
            } catch (Exception | AssertionError e) {
                done.completeExceptionally(e);
            }
        });
        return done.get(20, TimeUnit.SECONDS);
    }

    private static void awaitFx(String what, Callable<Boolean> condition) {
        await(what).atMost(Duration.ofSeconds(20)).until(() -> onFx(condition));
    }

    private void accept(SampleFrames some) throws Exception {
        List<Message> taken = some.take();
        onFx(() -> {
            model.receive(taken);
            return true;
        });
        awaitShown();
    }

    /// Waits until the document shows what the model holds, laid out.
    private void awaitShown() {
        awaitFx(
                "the model's last item is in the document",
                () ->
                        pane.getText().replace("\n", "").length() > 0
                                && !pane.isNeedsLayout()
                                && !view.isNeedsLayout());
    }

    private void turns(int n) throws Exception {
        for (int i = 0; i < n; i++) {
            frames.prompt("Prompt number " + i);
            frames.text("m" + i, "Answer number " + i + ".\n\nIt has\n\nsome paragraphs.");
        }
        String last = "Answer number " + (n - 1) + ".";
        accept(frames);
        awaitFx("the last turn", () -> pane.getText().contains(last));
    }

    private void awaitAtEnd() {
        awaitFx("the end is visible", () -> pane.lastVisible() == pane.getParagraphs().size() - 1);
    }

    private void wheel(double pixels) throws Exception {
        onFx(() -> {
            MouseWheel.turn(pane.flow(), pixels);
            return true;
        });
    }

    private void key(KeyCode code, boolean shift) throws Exception {
        onFx(() -> {
            pane.requestFocus();
            Event.fireEvent(
                    pane,
                    new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, shift, false, false, false));
            return true;
        });
    }

    private Button pill() {
        return (Button) view.lookup("#jump-latest");
    }

    /// The text at the upper edge and its position.
    private String top() throws Exception {
        return onFx(() ->
                pane.getParagraph(pane.firstVisible()).getText()
                        + " at "
                        + Math.round(pane.topOf(pane.firstVisible()).orElse(0.0)));
    }

    private String paragraphAt(int index) throws Exception {
        return onFx(() -> pane.getParagraph(index).getText());
    }

    @Test
    void theEndStaysInSightWhileTheConversationGrows() throws Exception {
        turns(40);
        awaitAtEnd();

        accept(frames.prompt("One more").text("x", "And the answer"));
        awaitFx("the new text", () -> pane.getText().contains("And the answer"));

        awaitAtEnd();
        assertThat(pill().isVisible()).isFalse();
    }

    @Test
    void oneUpwardScrollStopsFollowing() throws Exception {
        turns(40);
        awaitAtEnd();
        wheel(40);
        wheel(400);
        awaitFx("the pill", () -> pill().isVisible());
        String before = top();

        accept(frames.prompt("One more").text("x", "And the answer"));
        awaitFx("two new ones are counted", () -> pill().getText().contains("2 new"));

        assertThat(top()).isEqualTo(before);
    }

    @Test
    void aSmallUpwardScrollKeepsItsPlaceWhileTheConversationGrows() throws Exception {
        turns(40);
        awaitAtEnd();
        String end = top();
        wheel(30);
        await("it moved").atMost(Duration.ofSeconds(20)).until(() -> !top().equals(end));
        String before = top();
        accept(frames.text("x", "one\n\ntwo\n\nthree\n\nfour\n\nfive\n\nsix"));
        awaitFx("the new text", () -> pane.getText().contains("six"));

        assertThat(top()).isEqualTo(before);
    }

    @Test
    void theJumpButtonGoesToTheEndAndFollowsAgain() throws Exception {
        turns(40);
        awaitAtEnd();
        wheel(2_000);
        awaitFx("the pill", () -> pill().isVisible());

        onFx(() -> {
            pill().fire();
            return true;
        });
        awaitAtEnd();
        awaitFx("no pill", () -> !pill().isVisible());
        accept(frames.prompt("One more"));
        awaitFx("the new text", () -> pane.getText().contains("One more"));
        awaitAtEnd();
    }

    @Test
    void olderPagesAreAddedAboveWithoutMovingTheText() throws Exception {
        for (int i = 0; i < 120; i++) {
            frames.prompt("Prompt " + i + ".");
        }
        List<Message> all = frames.take();
        onFx(() -> {
            model.showLatest(all.subList(60, 120), true);
            return true;
        });
        awaitFx("the page", () -> pane.getText().contains("Prompt 119."));
        awaitAtEnd();
        int atEnd = onFx(() -> pane.firstVisible());
        wheel(900);
        awaitFx("moved", () -> pane.firstVisible() < atEnd - 5 && !view.isBusy());
        String before = top();

        onFx(() -> {
            model.prepend(all.subList(0, 60), false);
            return true;
        });
        awaitFx("the older page", () -> pane.getText().startsWith("Prompt 0."));

        assertThat(top()).isEqualTo(before);
    }

    @Test
    void aClickOpensAToolCallInItsPlaceAndAnotherClosesIt() throws Exception {
        turns(20);
        accept(
                frames.toolUse("t", "t1", "Bash", "{\"command\":\"ls\"}")
                        .toolResult("t1", "secret output", false));
        awaitFx("the card", () -> pane.getText().contains("Run  ls"));
        awaitAtEnd();
        int card = onFx(() -> pane.getParagraphs().size() - 2);
        long stood = Math.round(onFx(() -> pane.topOf(card).orElseThrow()));
        assertThat(paragraphAt(card)).startsWith("Run  ls");

        onFx(() -> {
            pane.moveTo(card, 0);
            return true;
        });
        key(KeyCode.ENTER, false);
        awaitFx("it is open", () -> pane.getText().contains("secret output"));
        assertThat(Math.round(onFx(() -> pane.topOf(card).orElseThrow()))).isEqualTo(stood);

        key(KeyCode.ENTER, false);
        awaitFx("it is closed", () -> !pane.getText().contains("secret output"));
    }

    @Test
    void aLineOf200KilobytesIsShownInBoundedParagraphs() throws Exception {
        accept(frames.text("m", "x".repeat(200_000)));
        awaitFx("the end of it", () -> pane.getText().length() >= 200_000);

        awaitAtEnd();
        assertThat(
                        onFx(() ->
                                pane.getParagraphs().stream()
                                        .mapToInt(p -> p.length())
                                        .max()
                                        .orElse(0)))
                .isLessThanOrEqualTo(BlockBuilder.LONGEST);
    }

    @Test
    void aSelectionIsCopiedWithBulletsAndWholeLines() throws Exception {
        accept(frames.text("m", "# Title\n\n- one\n- two\n\n" + "y".repeat(5_000)));
        awaitFx("the text", () -> pane.getText().contains("two"));

        onFx(() -> {
            pane.selectAll();
            pane.copy();
            return true;
        });

        String copied = onFx(() -> Clipboard.getSystemClipboard().getString());
        assertThat(copied).contains("Title\n• one\n• two\n" + "y".repeat(5_000));
    }

    @Test
    void aSelectionSurvivesStreaming() throws Exception {
        accept(frames.text("m", "Choose these words."));
        awaitFx("the text", () -> pane.getText().contains("Choose"));
        onFx(() -> {
            pane.selectRange(7, 12);
            return true;
        });

        accept(frames.messageStart("n").blockStart(0, "text").delta(0, "More and more"));
        awaitFx("the stream", () -> pane.getText().contains("More and more"));

        assertThat(onFx(pane::getSelectedText)).isEqualTo("these");
    }

    @Test
    void shiftWithPageKeysGoesFromPromptToPrompt() throws Exception {
        turns(40);
        awaitAtEnd();
        key(KeyCode.HOME, false);
        awaitFx("the start", () -> pane.firstVisible() == 0);

        key(KeyCode.PAGE_DOWN, true);
        awaitFx(
                "the second prompt",
                () -> pane.getParagraph(pane.firstVisible()).getText().equals("Prompt number 1"));
        key(KeyCode.PAGE_DOWN, true);
        awaitFx(
                "the third prompt",
                () -> pane.getParagraph(pane.firstVisible()).getText().equals("Prompt number 2"));
        key(KeyCode.PAGE_UP, true);
        awaitFx(
                "the second prompt again",
                () -> pane.getParagraph(pane.firstVisible()).getText().equals("Prompt number 1"));
        key(KeyCode.END, false);
        awaitAtEnd();
    }

    @Test
    void aConversationIsShownWhereItWasReadLast() throws Exception {
        turns(40);
        awaitAtEnd();
        wheel(1_500);
        awaitFx("somewhere", () -> model.readingPosition() instanceof ReadingPosition.At);
        awaitShown();
        String before = top();
        ConversationModel other =
                new ConversationModel(new RecordingPages(), new RecordingRetries(), () -> NOW);

        onFx(() -> {
            view.show(other);
            return true;
        });
        awaitFx("the other is empty", () -> pane.getText().isBlank());
        onFx(() -> {
            view.show(model);
            return true;
        });
        awaitFx("back", () -> pane.getText().contains("Answer number 39."));

        await("the place").atMost(Duration.ofSeconds(20)).until(() -> top().equals(before));
    }

    private void goTo(long seq, String... words) throws Exception {
        onFx(() -> {
            model.goTo(new SearchTarget(seq, List.of(words), String.join(" ", words)));
            return true;
        });
    }

    private boolean marked(int paragraph) {
        return pane.getParagraph(paragraph).getParagraphStyle().classes().contains("sought");
    }

    @Test
    void aSearchHitIsScrolledToAndHighlightedForAMoment() throws Exception {
        turns(60);
        awaitAtEnd();
        goTo(20, "some", "paragraphs");
        awaitFx("its words are selected", () -> pane.getSelectedText().equals("some"));
        awaitFx("it is in sight", () -> pane.topOf(pane.getCurrentParagraph()).isPresent());
        int place = onFx(() -> pane.getCurrentParagraph());
        assertThat(paragraphAt(place)).isEqualTo("some paragraphs.");
        assertThat(onFx(() -> marked(place))).isTrue();
        assertThat(onFx(() -> pane.topOf(place).orElseThrow()))
                .isBetween(0.0, onFx(() -> pane.getViewportHeight() / 2));
        awaitFx("no mark is left", () -> !marked(place));
        awaitFx("and it stays there", () -> pane.topOf(place).isPresent() && !view.isBusy());
    }

    @Test
    void anItemThatHidesASearchHitIsOpened() throws Exception {
        accept(
                frames.prompt("go")
                        .toolUse("m", "t1", "Bash", "{\"command\":\"make\"}")
                        .toolResult("t1", "line\n".repeat(200) + "the needle is here", false));
        turns(40);
        awaitAtEnd();
        assertThat(onFx(() -> pane.getText())).doesNotContain("needle");
        goTo(3, "needle");
        awaitFx("it is open", () -> pane.getSelectedText().equals("needle"));
        awaitFx("it is in sight", () -> pane.topOf(pane.getCurrentParagraph()).isPresent());
    }

    @Test
    void aLargePageIsRenderedInTheBackground() throws Exception {
        for (int i = 0; i < 100; i++) {
            frames.text("m" + i, ("word " + i + " ").repeat(400));
        }
        accept(frames);

        awaitFx("the first", () -> pane.getText().startsWith("word 0 "));
        awaitFx(
                "all of them",
                () ->
                        model.items().stream()
                                .map(Item.Answer.class::cast)
                                .allMatch(a ->
                                        pane.getText().contains(a.markdown().substring(0, 8))));
    }

    @Test
    void noFrameAndNoTimerIsPendingWhenNothingChanges() throws Exception {
        turns(5);
        accept(frames.messageStart("n").blockStart(0, "text").delta(0, "half an answer"));
        awaitFx("the stream", () -> pane.getText().contains("half an answer"));

        awaitFx("no timer is left", () -> !view.isBusy());
    }
}
