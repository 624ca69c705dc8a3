package dev.oriel.testing.window;

import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.fx.FxLane;
import dev.oriel.app.fx.FxScheduler;
import dev.oriel.app.highlight.CodeHighlighter;
import dev.oriel.app.transcript.TranscriptView;
import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.message.Message;
import dev.oriel.testing.data.SampleFrames;
import dev.oriel.testing.manual.MouseWheel;
import dev.oriel.testing.manual.RecordingPages;
import dev.oriel.testing.manual.RecordingRetries;
import dev.oriel.testing.media.TestMedia;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import javafx.event.Event;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;

/// A transcript that fills a stage, and the conversation that it shows. [#open] is for the JavaFX
/// thread, the other methods for this one and for the test's.
public final class TranscriptStage {
    private final SampleFrames frames = new SampleFrames();
    private final ConversationModel model =
            new ConversationModel(
                    new RecordingPages(), new RecordingRetries(), () -> Instant.EPOCH);
    private final TranscriptView view;
    private final TranscriptArea area;

    private TranscriptStage(TranscriptView view) {
        this.view = view;
        area = (TranscriptArea) view.lookup("#transcript");
    }

    /// Shows an empty conversation in a stage, 700 pixels wide, with the light theme.
    ///
    /// @param height pixels
    public static TranscriptStage open(Stage stage, double height) {
        return open(stage, height, ForkJoinPool.commonPool());
    }

    /// @param height pixels
    /// @param colors colours code
    public static TranscriptStage open(Stage stage, double height, Executor colors) {
        return open(stage, height, ForkJoinPool.commonPool(), colors);
    }

    /// @param height pixels
    /// @param background renders large pages
    /// @param colors colours code
    public static TranscriptStage open(
            Stage stage, double height, Executor background, Executor colors) {
        FxLane lane = new FxLane();
        TranscriptView view =
                new TranscriptView(
                        lane,
                        new FxScheduler(lane),
                        background,
                        () -> Instant.EPOCH,
                        _ -> {},
                        TestMedia.viewer(lane),
                        new CodeHighlighter(lane, colors));
        TranscriptStage opened = new TranscriptStage(view);
        Scene scene = new Scene(view, 700, height);
        scene.getStylesheets().addAll("/dev/oriel/app/theme/tokens.css", TranscriptView.STYLESHEET);
        view.getStyleClass().add("oriel-light");
        stage.setScene(scene);
        stage.show();
        view.show(opened.model);
        return opened;
    }

    public ConversationModel model() {
        return model;
    }

    public TranscriptView view() {
        return view;
    }

    public TranscriptArea area() {
        return area;
    }

    /// The next messages of the conversation.
    public SampleFrames frames() {
        return frames;
    }

    /// Adds the messages to the conversation that were made with [#frames].
    public void receive() {
        List<Message> taken = frames.take();
        FxThread.run(() -> model.receive(taken));
    }

    /// Adds turns of a prompt and an answer of three paragraphs, and waits until they are shown.
    ///
    /// @param count how many
    public void addTurns(int count) {
        for (int i = 0; i < count; i++) {
            frames.prompt("Prompt number " + i);
            frames.text("m" + i, "Answer number " + i + ".\n\nIt has\n\nsome paragraphs.");
        }
        receive();
        awaitText("Answer number " + (count - 1) + ".");
    }

    /// Waits until the transcript contains a text.
    public void awaitText(String text) {
        FxThread.until(() -> area.getText().contains(text));
    }

    /// Waits until the last line is in sight.
    public void awaitEnd() {
        FxThread.until(() -> area.lastVisible() == area.getParagraphs().size() - 1);
    }

    /// Turns the wheel up over the transcript.
    ///
    /// @param pixels how far; negative for down
    public void wheel(double pixels) {
        FxThread.run(() -> MouseWheel.turn(area.flow(), pixels));
    }

    /// Presses a key in the transcript.
    public void press(KeyCode key, boolean shift) {
        FxThread.run(() -> {
            area.requestFocus();
            Event.fireEvent(
                    area,
                    new KeyEvent(KeyEvent.KEY_PRESSED, "", "", key, shift, false, false, false));
        });
    }

    /// The text at the upper edge and its position, laid out.
    public String top() {
        return FxThread.on(() -> {
            view.layout();
            int first = area.firstVisible();
            return area.getParagraph(first).getText()
                    + " at "
                    + Math.round(area.topOf(first).orElse(0.0));
        });
    }

    /// The index of the first paragraph that starts with a text; -1 if there is none.
    public int line(String start) {
        return FxThread.on(() -> {
            for (int i = 0; i < area.getParagraphs().size(); i++) {
                if (area.getParagraph(i).getText().startsWith(start)) {
                    return i;
                }
            }
            return -1;
        });
    }

    /// Where a part of a paragraph is drawn, pixels from the edges of the view.
    ///
    /// @throws java.util.NoSuchElementException if it is not laid out; on the JavaFX thread only
    public Bounds bounds(int line, int from, int to) {
        return FxThread.on(() -> {
            int start = area.getAbsolutePosition(line, 0);
            return view.screenToLocal(
                    area.getCharacterBoundsOnScreen(start + from, start + to).orElseThrow());
        });
    }

    /// The node that draws a paragraph.
    ///
    /// @throws java.util.NoSuchElementException if it is not laid out; on the JavaFX thread only
    public Node node(int line) {
        return FxThread.on(() -> area.flow().getCellIfVisible(line).orElseThrow().getNode());
    }
}
