package dev.oriel.app.transcript;

import static dev.oriel.testing.window.FxThread.on;
import static dev.oriel.testing.window.FxThread.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.paging.ReadingPosition;
import dev.oriel.app.conversation.paging.SearchTarget;
import dev.oriel.app.find.FindHit;
import dev.oriel.app.find.FindReader;
import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.message.Message;
import dev.oriel.message.find.TextMatcher;
import dev.oriel.message.find.TextQuery;
import dev.oriel.testing.manual.RecordingPages;
import dev.oriel.testing.manual.RecordingRetries;
import dev.oriel.testing.window.FxThread;
import dev.oriel.testing.window.TranscriptStage;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// Places that are sought while most of the conversation is not rendered: the background renders
/// nothing until a test lets it.
@ExtendWith(ApplicationExtension.class)
class SoughtPlacesUiTest {
    /// A turn is a prompt and an answer of more than 3,000 characters.
    private static final String LONG = "\n\n" + "word ".repeat(600);

    /// More than is rendered in one frame.
    private static final String HUGE = "word ".repeat(12_000);

    private final Queue<Runnable> background = new ConcurrentLinkedQueue<>();

    @SuppressWarnings("NullAway.Init") // opened on the JavaFX thread, in start
    private TranscriptStage transcript;

    @Start
    void start(Stage stage) {
        transcript = TranscriptStage.open(stage, 600, background::add, ForkJoinPool.commonPool());
    }

    private TranscriptArea pane() {
        return transcript.area();
    }

    private ConversationModel model() {
        return transcript.model();
    }

    private List<Message> turns(int count) {
        for (int i = 0; i < count; i++) {
            transcript.frames().prompt("Prompt " + i + ".");
            transcript.frames().text("m" + i, "Answer " + i + "." + LONG);
        }
        return transcript.frames().take();
    }

    private void showLatest(List<Message> page, boolean more) {
        FxThread.run(() -> model().showLatest(page, more));
        until(() -> !transcript.view().isBusy());
    }

    /// Renders everything, and waits until it is in the document.
    private void renderAll() {
        until(() -> {
            for (Runnable job = background.poll(); job != null; job = background.poll()) {
                job.run();
            }
            return isWhole() && !transcript.view().isBusy();
        });
    }

    private boolean isWhole() {
        String text = pane().getText();
        return model().items().stream()
                .allMatch(i ->
                        switch (i) {
                            case Item.Prompt p -> text.contains(p.text());
                            case Item.Answer a -> text.contains(a.markdown().substring(0, 9));
                            default -> true;
                        });
    }

    private void goTo(long seq, String... words) {
        FxThread.run(
                () -> model().goTo(new SearchTarget(seq, List.of(words), String.join(" ", words))));
    }

    /// Where the first line that starts with a text is; -1 if it is not in sight.
    private double topOf(String start) {
        int line = transcript.line(start);
        return line < 0
                ? -1
                : on(() -> {
                    transcript.view().layout();
                    return pane().topOf(line)
                            .filter(top -> top < pane().getViewportHeight())
                            .orElse(-1.0);
                });
    }

    private void awaitInSight(String start) {
        until(() -> topOf(start) >= 0);
    }

    @Test
    void aPromptOfAPageThatWasJustLoadedIsGoneTo() {
        List<Message> all = turns(60);
        showLatest(all.subList(100, 120), true);
        goTo(7);
        FxThread.run(() -> model().showAround(all.subList(0, 80), false, true));
        awaitInSight("Prompt 3.");
        double top = topOf("Prompt 3.");
        assertThat(top).isBetween(100.0, 200.0);
        assertThat(on(() -> pane().getCurrentParagraph())).isEqualTo(transcript.line("Prompt 3."));

        renderAll();
        assertThat(topOf("Prompt 3.")).isEqualTo(top);
        assertThat(on(() -> model().locatedTarget())).isNull();
    }

    @Test
    void aHitOfAHeldPartThatIsNotRenderedIsGoneTo() {
        showLatest(turns(60), false);
        assertThat(transcript.line("Answer 3.")).isEqualTo(-1);
        goTo(8, "Answer");
        until(() -> pane().getSelectedText().equals("Answer"));
        awaitInSight("Answer 3.");
        renderAll();
        awaitInSight("Answer 3.");
    }

    @Test
    void aPlaceIsKeptUntilTheBackgroundHasRenderedIt() {
        transcript.frames().prompt("Prompt zero.").text("huge", "Huge answer. " + HUGE);
        List<Message> all = turns(20);
        showLatest(all, false);
        goTo(2);
        until(() -> !transcript.view().isBusy());
        assertThat(transcript.line("Huge answer.")).isEqualTo(-1);
        assertThat(on(() -> model().readingPosition()))
                .isInstanceOfSatisfying(
                        ReadingPosition.At.class,
                        p -> assertThat(p.itemId()).isEqualTo(model().items().get(1).id()));
        transcript.frames().text("late", "Something late.");
        transcript.receive();
        until(() -> !transcript.view().isBusy());
        assertThat(on(() -> model().locatedTarget())).isNotNull();

        renderAll();
        awaitInSight("Huge answer.");
        assertThat(on(() -> model().locatedTarget())).isNull();
    }

    @Test
    void aReaderWhoScrollsMeanwhileIsLeftAlone() {
        transcript.frames().prompt("Prompt zero.").text("huge", "Huge answer. " + HUGE);
        showLatest(turns(20), false);
        goTo(2);
        until(() -> !transcript.view().isBusy());
        transcript.wheel(100);
        until(() -> model().locatedTarget() == null);
        until(() -> !transcript.view().isBusy());
        String before = transcript.top();

        renderAll();
        assertThat(topOf("Huge answer.")).isEqualTo(-1);
        assertThat(transcript.top()).isEqualTo(before);
    }

    @Test
    void theEndIsGoneToInsteadOfAnAwaitedPlace() {
        transcript.frames().prompt("Prompt zero.").text("huge", "Huge answer. " + HUGE);
        showLatest(turns(20), false);
        goTo(2);
        FxThread.run(() -> transcript.view().jumpToLatest());
        transcript.awaitEnd();
        renderAll();
        transcript.awaitEnd();
        assertThat(on(() -> model().readingPosition())).isEqualTo(new ReadingPosition.AtEnd());
    }

    @Test
    void aConversationIsShownWhereItWasReadLast() {
        showLatest(turns(60), false);
        renderAll();
        goTo(8);
        awaitInSight("Answer 3.");
        until(() -> !transcript.view().isBusy());
        String before = transcript.top();
        ConversationModel other =
                new ConversationModel(
                        new RecordingPages(), new RecordingRetries(), () -> Instant.EPOCH);
        FxThread.run(() -> transcript.view().show(other));
        until(() -> pane().getText().isBlank());

        FxThread.run(() -> transcript.view().show(model()));
        until(() -> !transcript.view().isBusy());
        assertThat(isWhole()).isFalse();
        assertThat(transcript.top()).isEqualTo(before);
        renderAll();
        assertThat(transcript.top()).isEqualTo(before);
        assertThat(on(() -> model().readingPosition())).isInstanceOf(ReadingPosition.At.class);
    }

    @Test
    void promptsOfAnOlderPageThatIsNotRenderedAreReachedInOrder() {
        List<Message> all = turns(30);
        showLatest(all.subList(40, 60), true);
        renderAll();
        goTo(41);
        awaitInSight("Prompt 20.");
        FxThread.run(() -> model().prepend(all.subList(0, 40), false));
        until(() -> !transcript.view().isBusy());
        assertThat(transcript.line("Prompt 19.")).isEqualTo(-1);

        for (int i = 19; i >= 15; i--) {
            String prompt = "Prompt " + i + ".";
            transcript.press(KeyCode.PAGE_UP, true);
            until(() -> topOf(prompt) == 0);
        }
        assertThat(isWhole()).isFalse();
        renderAll();
        assertThat(topOf("Prompt 15.")).isZero();
    }

    @Test
    void theFirstOfTheHeldItemsIsReachedBeforeItIsRendered() {
        showLatest(turns(60), false);
        transcript.press(KeyCode.HOME, false);
        awaitInSight("Prompt 0.");
        assertThat(isWhole()).isFalse();
        renderAll();
        assertThat(topOf("Prompt 0.")).isNotNegative();
        transcript.press(KeyCode.END, false);
        transcript.awaitEnd();
    }

    @Test
    void theEndStaysInSightWhileTheRestIsRendered() {
        showLatest(turns(60), false);
        transcript.awaitEnd();
        assertThat(isWhole()).isFalse();
        renderAll();
        transcript.awaitEnd();
        transcript.frames().text("late", "Something late.");
        transcript.receive();
        awaitInSight("Something late.");
        transcript.awaitEnd();
    }

    @Test
    void aHitOfFindIsGoneToBeforeItsPageIsRendered() throws Exception {
        TextMatcher matcher = new TextQuery("Answer", false, false, false).matcher();
        showLatest(turns(60), false);
        FindReader reader = on(() -> transcript.view().findReader(() -> {}));
        FxThread.run(() -> {
            reader.mark(matcher);
            Item sought = model().items().get(11);
            List<String> lines = reader.lineSource().lines(sought);
            reader.show(new FindHit(sought.id(), lines, 0, 0, 9));
        });
        awaitInSight("Answer 5.");
        assertThat(isWhole()).isFalse();
        renderAll();
        awaitInSight("Answer 5.");
        FxThread.run(() -> {
            Item next = model().items().get(99);
            List<String> lines = reader.lineSource().lines(next);
            reader.show(new FindHit(next.id(), lines, 0, 0, 9));
        });
        awaitInSight("Answer 49.");
    }
}
