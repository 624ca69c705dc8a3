package dev.oriel.app.media.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.item.Attachment;
import dev.oriel.app.conversation.item.MediaPlace;
import dev.oriel.app.media.IdleCollection;
import dev.oriel.app.media.MediaLoader;
import dev.oriel.testing.manual.ManualScheduler;
import dev.oriel.testing.window.FxThread;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;

/// Where an image is in a text that was laid out once, as that of a row that has just come into
/// sight.
class PictureNodeUiTest {
    private static final MediaPlace PLACE = new MediaPlace(1, 0);

    @BeforeEach
    void start() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    private static PictureNode picture() {
        Attachment image =
                new Attachment(Attachment.Kind.IMAGE, "image/png", "", 900, 300, 200, PLACE);
        MediaLoader loader =
                new MediaLoader(
                        Runnable::run,
                        Runnable::run,
                        new IdleCollection(new ManualScheduler(), Runnable::run, () -> {}),
                        new ManualScheduler());
        return new PictureNode(image, 300, 200, loader);
    }

    /// The upper edges of a node after one layout, and after another, pixels.
    private static List<Double> topsOf(Node embedded) {
        TextFlow text = new TextFlow(new Text("see "), embedded);
        new Scene(text, 600, 400);
        text.applyCss();
        text.layout();
        double first = embedded.getBoundsInParent().getMinY();
        text.requestLayout();
        text.layout();
        return List.of(first, embedded.getBoundsInParent().getMinY());
    }

    @Test
    void anImageIsInItsLine() {
        List<Double> tops = FxThread.on(() -> topsOf(picture()));
        assertThat(tops).first().satisfies(top -> assertThat(top).isBetween(0.0, 10.0));
        assertThat(tops.getFirst()).isEqualTo(tops.getLast());
    }
}
