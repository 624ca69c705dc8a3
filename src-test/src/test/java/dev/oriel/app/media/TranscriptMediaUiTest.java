package dev.oriel.app.media;

import static dev.oriel.app.TestWindow.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.oriel.app.TestWindow;
import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.conversation.item.ItemAttachments;
import dev.oriel.app.fx.FxLane;
import dev.oriel.app.fx.FxScheduler;
import dev.oriel.app.media.view.MediaViewer;
import dev.oriel.app.overlay.Overlays;
import dev.oriel.app.transcript.TranscriptView;
import dev.oriel.message.Message;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.manual.RecordingPages;
import dev.oriel.testing.manual.RecordingRetries;
import dev.oriel.testing.media.SampleImages;
import dev.oriel.testing.media.TestMedia;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.MenuItem;
import javafx.scene.image.ImageView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.fxmisc.richtext.GenericStyledArea;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// Images and documents in the conversation: shown, enlarged, opened.
@ExtendWith(ApplicationExtension.class)
class TranscriptMediaUiTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final RecordingPages pages = new RecordingPages();
    private final ConversationModel model =
            new ConversationModel(pages, new RecordingRetries(), () -> NOW);
    private final List<String> opened = Collections.synchronizedList(new ArrayList<>());
    private final FxRobot robot = new FxRobot();
    private final List<Message> messages = new ArrayList<>();

    @TempDir private Path folder;

    @SuppressWarnings("NullAway.Init") // made on the JavaFX thread, in start
    private TranscriptView view;

    @SuppressWarnings("NullAway.Init")
    private Overlays overlays;

    @SuppressWarnings("NullAway.Init")
    private MediaViewer viewer;

    @SuppressWarnings("NullAway.Init")
    private GenericStyledArea<?, ?, ?> area;

    @Start
    void start(Stage stage) {
        FxLane lane = new FxLane();
        overlays = new Overlays();
        viewer = TestMedia.viewer(lane, overlays, folder.resolve("copies"), opened::add);
        view =
                new TranscriptView(
                        lane,
                        new FxScheduler(lane),
                        ForkJoinPool.commonPool(),
                        () -> NOW,
                        _ -> {},
                        viewer);
        area = (GenericStyledArea<?, ?, ?>) view.lookup("#transcript");
        StackPane root = new StackPane(view, overlays.node());
        Scene scene = new Scene(root, 800, 600);
        scene.getStylesheets()
                .addAll(
                        "/dev/oriel/app/theme/tokens.css",
                        "/dev/oriel/app/theme/shell.css",
                        "/dev/oriel/app/media/media.css",
                        TranscriptView.STYLESHEET);
        root.getStyleClass().addAll("oriel", "oriel-light");
        stage.setScene(scene);
        stage.show();
        view.show(model);
    }

    @BeforeEach
    void begin() {
        messages.clear();
    }

    private static void until(String what, Callable<Boolean> condition) {
        await(what).atMost(Patience.LIMIT).until(() -> on(condition));
    }

    private void prompt(String text, String... blocks) throws Exception {
        long seq = messages.size() + 1L;
        Message message =
                Message.parse(
                        """
                        {"type":"user","seq":%d,"uuid":"00000000-0000-4000-8000-%012d","message":{"role":"user",
                         "content":[{"type":"text","text":"%s"}%s]}}\
                        """
                                .formatted(
                                        seq,
                                        seq,
                                        text,
                                        blocks.length == 0 ? "" : "," + String.join(",", blocks))
                                .replace("\n", ""));
        messages.add(message);
        pages.add(seq, message);
        TestWindow.run(() -> model.receive(List.of(message)));
    }

    /// From top to bottom: the area does not keep the nodes of its lines in their order.
    private List<Node> pictures() {
        return area.lookupAll(".picture").stream()
                .sorted(
                        Comparator.<Node>comparingDouble(n -> n.localToScene(0, 0).getY())
                                .thenComparingDouble(n -> n.localToScene(0, 0).getX()))
                .toList();
    }

    private static boolean isDrawn(Node picture) {
        return picture.lookup(".image-view") instanceof ImageView v && v.getImage() != null;
    }

    private void clickPicture(int index) {
        Node picture = on(() -> pictures().get(index));
        robot.clickOn(picture);
    }

    @Test
    void anImageHasItsSizeBeforeItIsDecodedAndIsDrawnAfterwards() throws Exception {
        prompt("see", SampleImages.block("image/png", SampleImages.png(600, 400)));
        until("there is a place", () -> pictures().size() == 1);
        until(
                "it has its size",
                () -> {
                    area.layout();
                    return pictures().getFirst().getLayoutBounds().getHeight() == 320;
                });
        until("it is drawn", () -> isDrawn(pictures().getFirst()));
        assertThat(pages.requests()).contains("message 1");
    }

    @Test
    void aScreenReaderGetsADescriptionInThePlaceOfTheImage() throws Exception {
        prompt("see", SampleImages.block("image/png", SampleImages.png(60, 40)));
        until("it is there", () -> pictures().size() == 1);
        assertThat(on(() -> area.queryAccessibleAttribute(AccessibleAttribute.TEXT)))
                .asString()
                .contains("see\nImage, 60 × 40, PNG");
    }

    @Test
    void aClickEnlargesAnImageAndEscClosesIt() throws Exception {
        prompt("see", SampleImages.block("image/png", SampleImages.png(300, 200)));
        prompt(
                "two",
                SampleImages.block("image/jpeg", SampleImages.jpeg(900, 300)),
                SampleImages.block("image/png", SampleImages.png(40, 40)));
        until("all are drawn", () -> pictures().stream().filter(p -> isDrawn(p)).count() == 3);
        clickPicture(0);
        until("it is enlarged", () -> overlays.isShowing());
        until("it is decoded", () -> enlarged() != null);
        assertThat(on(() -> overlays.node().lookup("#previous-image").isDisabled())).isTrue();
        robot.type(KeyCode.RIGHT);
        until(
                "the next one",
                () -> enlarged() instanceof ImageView v && v.getImage().getWidth() == 900);
        robot.type(KeyCode.PAGE_DOWN);
        until(
                "the last one",
                () -> enlarged() instanceof ImageView v && v.getImage().getWidth() == 40);
        assertThat(on(() -> overlays.node().lookup("#next-image").isDisabled())).isTrue();
        robot.type(KeyCode.ESCAPE);
        until("it is closed", () -> !overlays.isShowing());
    }

    private @Nullable Node enlarged() {
        Node shown = overlays.node().lookup("#enlarged-image");
        return shown != null && isDrawn(shown) ? shown.lookup(".image-view") : null;
    }

    @Test
    void enterEnlargesTheImageAtTheCaretAndTheZoomChanges() throws Exception {
        prompt("see", SampleImages.block("image/jpeg", SampleImages.jpeg(2_000, 1_000)));
        until("it is drawn", () -> pictures().stream().anyMatch(p -> isDrawn(p)));
        TestWindow.run(() -> {
            area.requestFocus();
            area.moveTo(area.getText().indexOf('\uFFFC'));
        });
        robot.type(KeyCode.ENTER);
        until("it is enlarged", () -> enlarged() != null);
        until("it fits", () -> fitWidth() > 400 && fitWidth() < 800);
        robot.type(KeyCode.DIGIT1);
        until("it has its own size", () -> fitWidth() == 2_000);
        Button zoom = on(() -> (Button) overlays.node().lookup("#zoom-image"));
        assertThat(on(zoom::getText)).isEqualTo("Fit");
        TestWindow.run(zoom::fire);
        until("it fits again", () -> fitWidth() < 800);
    }

    private double fitWidth() {
        return enlarged() instanceof ImageView v ? v.getFitWidth() : 0;
    }

    @Test
    void aDamagedImageSaysSoInItsPlace() throws Exception {
        byte[] png = SampleImages.png(600, 400);
        prompt("see", SampleImages.block("image/png", Arrays.copyOf(png, 60)));
        until("it failed", () -> !area.lookupAll(".picture-failed").isEmpty());
    }

    @Test
    void aDocumentIsOpenedAsAPrivateCopyWhoseNameCannotEscape() throws Exception {
        prompt(
                "see",
                """
                {"type":"document","title":"../../etc/evil.sh","source":{"type":"base64",\
                "media_type":"application/pdf","data":"%s"}}\
                """
                        .formatted(SampleImages.base64(SampleImages.startingWith("%PDF-1.7"))));
        until("there is a chip", () -> !area.lookupAll(".file-chip").isEmpty());
        robot.clickOn(on(() -> area.lookup(".file-chip")));
        await().atMost(Patience.LIMIT).until(() -> !opened.isEmpty());
        Path copy = Path.of(URI.create(opened.getFirst()));
        assertThat(copy.getParent()).isEqualTo(folder.resolve("copies"));
        assertThat(copy.getFileName()).hasToString("evil.pdf");
        assertThat(Files.readAllBytes(copy))
                .startsWith("%PDF-1.7".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aDocumentThatLiesAboutItsTypeIsNotOpened() throws Exception {
        prompt(
                "see",
                """
                {"type":"document","title":"a.pdf","source":{"type":"base64",\
                "media_type":"application/pdf","data":"%s"}}\
                """
                        .formatted(SampleImages.base64(SampleImages.startingWith("#!/bin/sh\n"))));
        until("there is a chip", () -> !area.lookupAll(".file-chip").isEmpty());
        robot.clickOn(on(() -> area.lookup(".file-chip")));
        prompt("afterwards");
        until("the next prompt", () -> area.getText().contains("afterwards"));
        assertThat(opened).isEmpty();
        assertThat(folder.resolve("copies")).doesNotExist();
    }

    @Test
    void theTextOfASentTextFileCanBeCopied() throws Exception {
        prompt(
                "see",
                """
                {"type":"document","title":"/a/notes.txt","source":{"type":"text",\
                "media_type":"text/plain","data":"one\\n**two** é"}}\
                """);
        until("there is a chip", () -> !area.lookupAll(".file-chip").isEmpty());
        List<MenuItem> items =
                on(() ->
                        viewer.menuItems(
                                ItemAttachments.of(model.items().getFirst()).getFirst(),
                                List.of(),
                                null));
        assertThat(items)
                .extracting(MenuItem::getText)
                .containsExactly("Open", "Copy text", "Save as…", "Copy path");
        TestWindow.run(() -> items.get(1).fire());
        until(
                "it is copied",
                () -> "one\n**two** é".equals(Clipboard.getSystemClipboard().getString()));
    }
}
