package dev.oriel.app.composer.attach;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.TestWindow;
import dev.oriel.app.composer.TurnState;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.media.SampleImages;
import dev.oriel.testing.window.ClaudeWindowJourney;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/// Images from the composer through the server and the real `claude` CLI to a fake API, and back.
class AttachmentJourneyTest extends ClaudeWindowJourney {
    private static void attach(TestWindow window, Path file) {
        TestWindow.run(() -> window.attachments().addFiles(List.of(file)));
        window.until(() ->
                window.attachments().attachments().size() == 1
                        && window.attachments().attachments().getFirst().isReady());
    }

    private static boolean showsPicture(TestWindow window, double width) {
        for (Node node : window.node("transcript").lookupAll(".picture .image-view")) {
            if (node instanceof ImageView v && v.getImage().getWidth() == width) {
                return true;
            }
        }
        return false;
    }

    /// The data of the images in the last request to the API.
    private List<String> imagesInLastRequest() {
        JsonNode messages = api.requests().getLast().body().path("messages");
        return messages.findParents("media_type").stream()
                .filter(source -> source.path("type").asText().equals("base64"))
                .map(source -> source.path("data").asText())
                .toList();
    }

    @Test
    void anAttachedImageReachesTheApiAndIsShownAlsoAfterReopening() throws Exception {
        byte[] png = SampleImages.png(300, 200);
        Path image = Files.write(folder.resolve("cat.png"), png);
        TestWindow window = open();
        api.enqueue(FakeReply.text("A frame on a gradient."));
        attach(window, image);
        window.say("What is in it?");
        window.until(() -> window.transcript().contains("A frame on a gradient."));
        window.until(() -> showsPicture(window, 300));
        assertThat(imagesInLastRequest()).containsExactly(SampleImages.base64(png));
        window.until(() -> window.turn() instanceof TurnState.Idle);
        window.close();

        TestWindow again = open();
        again.until(() -> again.transcript().contains("A frame on a gradient."));
        again.until(() -> showsPicture(again, 300));
    }

    @Test
    void aTextFileReachesTheApiWithItsPathAndIsShownAsAFile() throws Exception {
        Path notes = Files.writeString(folder.resolve("notes & more.md"), "# Größe\n\"q\" 👍\n");
        TestWindow window = open();
        api.enqueue(FakeReply.text("I have read it."));
        attach(window, notes);
        window.say("Read this.");
        window.until(() -> window.transcript().contains("I have read it."));
        JsonNode document =
                api.requests().getLast().body().path("messages").findParents("title").getFirst();
        assertThat(document.path("title").asText()).isEqualTo(notes.toString());
        assertThat(document.at("/source/data").asText()).isEqualTo("# Größe\n\"q\" 👍\n");
        window.until(() -> window.labels().stream().anyMatch(l -> l.startsWith("notes & more.md")));
        assertThat(TestWindow.on(window::transcript)).doesNotContain("Größe");
    }

    @Test
    void aPromptThatIsStoppedBeforeItsAnswerReturnsWithItsImage() throws Exception {
        byte[] png = SampleImages.png(64, 48);
        Path image = Files.write(folder.resolve("cat.png"), png);
        TestWindow window = open();
        api.enqueue(FakeReply.text("").waiting(gate));
        attach(window, image);
        window.say("describe the picture");
        window.until(() -> !api.requests().isEmpty() && window.turn() instanceof TurnState.Running);
        window.write("meanwhile");
        window.type(KeyCode.ESCAPE);
        window.until(() ->
                window.composer().getText().equals("describe the picture\n\nmeanwhile")
                        && window.attachments().attachments().size() == 1
                        && window.attachments().attachments().getFirst().isReady());
        api.clearQueue();
        api.enqueue(FakeReply.text("A frame."));
        window.type(KeyCode.ENTER);
        window.until(() -> window.transcript().contains("A frame."));
        assertThat(imagesInLastRequest()).contains(SampleImages.base64(png));
        assertThat(TestWindow.on(() -> window.composer().getText())).isEmpty();
    }

    @Test
    void aQueuedPromptWithAnImageSurvivesARestart() throws Exception {
        byte[] png = SampleImages.png(120, 80);
        Path image = Files.write(folder.resolve("later.png"), png);
        TestWindow window = open();
        api.enqueue(FakeReply.text("One moment, ").waiting(gate));
        window.say("wait");
        window.until(() -> window.transcript().contains("One moment"));
        attach(window, image);
        window.say("and this one");
        window.until(() -> isQueued(window));
        window.close();

        api.clearQueue();
        api.enqueue(FakeReply.text("I see it."));
        TestWindow again = open();
        again.until(() -> isQueued(again));
        again.until(() -> again.button("continue-queue") != null);
        again.press("continue-queue");
        again.until(() -> again.transcript().contains("I see it."));
        assertThat(imagesInLastRequest()).contains(SampleImages.base64(png));
        again.until(() -> showsPicture(again, 120));
    }

    /// Whether the second prompt waits with its image.
    private static boolean isQueued(TestWindow window) {
        return window.labels().stream()
                .anyMatch(l -> l.startsWith("and this one") && l.contains("Image"));
    }
}
