package dev.oriel.app.composer.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.javafx.scene.input.DragboardHelper;
import com.sun.javafx.tk.TKClipboard;
import com.sun.javafx.tk.Toolkit;
import dev.oriel.app.TestWindow;
import dev.oriel.testing.media.SampleImages;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import javafx.collections.ObservableList;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.image.Image;
import javafx.scene.image.WritableImage;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.DataFormat;
import javafx.scene.input.DragEvent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.PickResult;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.Pane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Attachments in the real window: paste, drop, chips by keyboard, preview.
class AttachmentsUiTest {
    @TempDir private Path folder;

    @SuppressWarnings("NullAway.Init")
    private TestWindow window;

    @BeforeEach
    void open() {
        window = TestWindow.demo(folder);
    }

    @AfterEach
    void close() {
        window.close();
    }

    private ObservableList<DraftAttachment> attachments() {
        return window.attachments().attachments();
    }

    private DraftAttachment onlyReady() {
        window.until(() -> attachments().size() == 1 && attachments().getFirst().isReady());
        return TestWindow.on(() -> attachments().getFirst());
    }

    private void paste(Map<DataFormat, Object> content) {
        window.write("");
        TestWindow.run(() -> {
            ClipboardContent all = new ClipboardContent();
            all.putAll(content);
            Clipboard.getSystemClipboard().setContent(all);
            window.composer().paste();
        });
    }

    private Path file(String name, byte[] content) throws Exception {
        return Files.write(folder.resolve(name), content);
    }

    private List<Node> chips() {
        return List.copyOf(((Pane) window.node("attachments")).getChildren());
    }

    @Test
    void pastedFilesBecomeChipsThatTheKeyboardReachesAndRemoves() throws Exception {
        Path image = file("cat.png", SampleImages.png(400, 300));
        Path text = file("notes.txt", "a\nb\n".getBytes(StandardCharsets.UTF_8));
        paste(Map.of(DataFormat.FILES, List.of(image.toFile(), text.toFile())));
        window.until(() ->
                attachments().size() == 2 && attachments().stream().allMatch(a -> a.isReady()));
        window.until(() -> chips().getFirst().lookup(".image-view") != null);
        assertThat(TestWindow.on(() -> window.composer().isFocused())).isTrue();
        assertThat(TestWindow.on(() -> window.button("send").isDisabled())).isFalse();
        TestWindow.run(() -> chips().getFirst().requestFocus());
        window.type(KeyCode.RIGHT);
        window.until(() -> chips().getLast().isFocused());
        window.type(KeyCode.DELETE);
        window.until(() -> attachments().size() == 1 && chips().getFirst().isFocused());
        window.type(KeyCode.BACK_SPACE);
        window.until(() -> attachments().isEmpty() && window.composer().isFocused());
        assertThat(TestWindow.on(() -> window.button("send").isDisabled())).isTrue();
    }

    @Test
    void aPastedBitmapIsScaledAndAttached() throws Exception {
        Image big = TestWindow.on(() -> new WritableImage(3_000, 1_500));
        paste(Map.of(DataFormat.IMAGE, big));
        DraftAttachment ready = onlyReady();
        assertThat(ready.width()).isEqualTo(1_568);
        assertThat(ready.height()).isEqualTo(784);
    }

    @Test
    void aLargePhotoIsScaledBeforeItIsSent() throws Exception {
        Path photo = file("photo.jpg", SampleImages.jpeg(4_000, 3_000));
        TestWindow.run(() -> window.attachments().addFiles(List.of(photo)));
        DraftAttachment ready = onlyReady();
        assertThat(ready.width()).isEqualTo(1_568);
        assertThat(ready.bytes()).isLessThan(AttachmentLimits.MAX_IMAGE_BYTES);
    }

    @Test
    void aShortTextIsPastedAsTextAlsoIfThereIsAPictureOfIt() throws Exception {
        Image picture = TestWindow.on(() -> new WritableImage(30, 15));
        paste(Map.of(DataFormat.PLAIN_TEXT, "1\t2\n3\t4", DataFormat.IMAGE, picture));
        assertThat(TestWindow.on(() -> window.composer().getText())).isEqualTo("1\t2\n3\t4");
        assertThat(TestWindow.on(() -> List.copyOf(attachments()))).isEmpty();
    }

    @Test
    void aLongPasteIsAChipThatIsShownMovedIntoTheMessageAndBack() {
        String log = "a line of the log\n".repeat(142);
        paste(Map.of(DataFormat.PLAIN_TEXT, log));
        onlyReady();
        assertThat(TestWindow.on(() -> window.composer().getText())).isEmpty();
        assertThat(window.labels()).contains("Pasted text", "142 lines");
        TestWindow.run(() -> chips().getFirst().requestFocus());
        window.type(KeyCode.ENTER);
        window.until(() -> window.shown("expand-paste"));
        window.press("expand-paste");
        // The key goes to the composer once the preview is closed.
        window.until(() ->
                window.composer().getText().equals(log)
                        && attachments().isEmpty()
                        && !window.shown("expand-paste")
                        && window.composer().isFocused());
        window.chord(KeyCode.CONTROL, KeyCode.Z);
        window.until(() -> window.composer().getText().isEmpty() && attachments().size() == 1);
    }

    @Test
    void thePreviewSaysWhyAnImageCannotBeShown() throws Exception {
        Path image = file("cat.webp", SampleImages.webp(400, 300));
        TestWindow.run(() -> window.attachments().addFiles(List.of(image)));
        onlyReady();
        TestWindow.run(() -> chips().getFirst().requestFocus());
        window.type(KeyCode.ENTER);
        window.until(() -> window.shown("preview-problem"));
        assertThat(window.labels()).contains("Images of the format WEBP cannot be shown here.");
    }

    @Test
    void aRefusedFileSaysWhyAndIsNotSent() throws Exception {
        Path program = file("program.bin", new byte[] {1, 0, 2});
        TestWindow.run(() -> {
            window.attachments().setLocal(() -> false);
            window.attachments().addFiles(List.of(program));
        });
        window.until(() ->
                window.labels().contains("Claude accepts images, PDF documents and text files."));
        window.say("look at this");
        window.until(() ->
                window.labels().stream()
                        .anyMatch(l -> l.startsWith("Remove “program.bin” first.")));
        assertThat(TestWindow.on(() -> window.composer().getText())).isEqualTo("look at this");
    }

    @Test
    void anImageThatIsSentIsShownInTheConversationAndLeavesTheDraft() throws Exception {
        Path image = file("cat.png", SampleImages.png(400, 300));
        TestWindow.run(() -> window.attachments().addFiles(List.of(image)));
        onlyReady();
        window.say("What is this?");
        window.until(() -> {
            Node picture = window.stage().getScene().lookup(".picture .image-view");
            return attachments().isEmpty() && picture != null;
        });
        // The files are deleted on another thread, once the prompt is stored.
        await().untilAsserted(
                        () -> assertThat(folder.resolve("state/attachments")).isEmptyDirectory());
    }

    private DragEvent drag(EventType<DragEvent> type, Dragboard content) {
        Node target = window.composer();
        return new DragEvent(
                null,
                target,
                type,
                content,
                10,
                10,
                10,
                10,
                TransferMode.COPY,
                null,
                null,
                new PickResult(target, 10, 10));
    }

    /// A clipboard of this process that is offered for copying, as a drag from another program.
    private static TKClipboard dragClipboard() {
        TKClipboard local = Toolkit.getToolkit().createLocalClipboard();
        return (TKClipboard)
                Proxy.newProxyInstance(
                        TKClipboard.class.getClassLoader(),
                        new Class<?>[] {TKClipboard.class},
                        (_, method, arguments) ->
                                method.getName().equals("getTransferModes")
                                        ? EnumSet.of(TransferMode.COPY)
                                        : method.invoke(local, arguments));
    }

    private Dragboard dragged(Path file) {
        Dragboard board = DragboardHelper.createDragboard(dragClipboard());
        ClipboardContent content = new ClipboardContent();
        content.put(DataFormat.FILES, List.of(file.toFile()));
        board.setContent(content);
        return board;
    }

    @Test
    void aFileCanBeDroppedAnywhereAndTheWindowSaysSoDuringTheDrag() throws Exception {
        Path image = file("cat.png", SampleImages.png(40, 30));
        Dragboard board = TestWindow.on(() -> dragged(image));
        Node header = TestWindow.on(() -> window.stage().getScene().lookup(".middle"));
        TestWindow.run(() -> Event.fireEvent(header, drag(DragEvent.DRAG_OVER, board)));
        assertThat(TestWindow.on(() -> window.shown("drop-target"))).isTrue();
        TestWindow.run(() -> Event.fireEvent(header, drag(DragEvent.DRAG_DROPPED, board)));
        assertThat(TestWindow.on(() -> window.shown("drop-target"))).isFalse();
        onlyReady();
    }

    @Test
    void aDragThatLeavesTheWindowAttachesNothing() throws Exception {
        Path image = file("cat.png", SampleImages.png(40, 30));
        Dragboard board = TestWindow.on(() -> dragged(image));
        TestWindow.run(() -> {
            Node root = window.stage().getScene().getRoot();
            Event.fireEvent(root, drag(DragEvent.DRAG_OVER, board));
            Event.fireEvent(root, drag(DragEvent.DRAG_EXITED, board));
        });
        assertThat(TestWindow.on(() -> window.shown("drop-target"))).isFalse();
        assertThat(TestWindow.on(() -> List.copyOf(attachments()))).isEmpty();
    }
}
