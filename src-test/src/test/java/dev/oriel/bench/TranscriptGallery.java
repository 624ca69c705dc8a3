package dev.oriel.bench;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.conversation.paging.PageLoader;
import dev.oriel.app.fx.FxLane;
import dev.oriel.app.fx.FxScheduler;
import dev.oriel.app.transcript.TranscriptView;
import dev.oriel.message.Message;
import dev.oriel.testing.data.GalleryFrames;
import dev.oriel.testing.manual.RecordingRetries;
import dev.oriel.testing.media.TestMedia;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.stage.Stage;

/// Shows a transcript with every kind of item. Arguments: `light`, `dark` or `contrast`, width,
/// height.
public final class TranscriptGallery {
    private TranscriptGallery() {}

    public static void main(String[] args) {
        Application.launch(Window.class, args);
    }

    /// The window.
    public static final class Window extends Application {
        @Override
        public void start(Stage stage) {
            var args = getParameters().getRaw();
            String theme = args.isEmpty() ? "light" : args.get(0);
            double width = args.size() > 1 ? Double.parseDouble(args.get(1)) : 1000;
            double height = args.size() > 2 ? Double.parseDouble(args.get(2)) : 700;
            Application.setUserAgentStylesheet(
                    theme.equals("light")
                            ? new PrimerLight().getUserAgentStylesheet()
                            : new PrimerDark().getUserAgentStylesheet());
            PageLoader pages =
                    new PageLoader() {
                        @Override
                        public void loadOlder(long seq) {}

                        @Override
                        public void loadNewer(long seq) {}

                        @Override
                        public void loadAround(long seq) {}

                        @Override
                        public void loadLatest() {}

                        @Override
                        public CompletableFuture<Optional<Message>> findMessage(long seq) {
                            return CompletableFuture.completedFuture(Optional.empty());
                        }
                    };
            InstantSource clock = () -> Instant.parse("2026-03-01T10:00:29Z");
            ConversationModel model = new ConversationModel(pages, new RecordingRetries(), clock);
            model.receive(GalleryFrames.all());
            FxLane lane = new FxLane();
            TranscriptView view =
                    new TranscriptView(
                            lane,
                            new FxScheduler(lane),
                            ForkJoinPool.commonPool(),
                            clock,
                            System.out::println,
                            TestMedia.viewer(lane));
            Scene scene = new Scene(view, width, height);
            scene.getRoot().getStyleClass().add("oriel-" + theme);
            scene.getStylesheets()
                    .addAll("/dev/oriel/app/theme/tokens.css", TranscriptView.STYLESHEET);
            scene.getRoot().setStyle("-fx-font-size: 13px;");
            stage.setScene(scene);
            stage.setX(0);
            stage.setY(0);
            stage.show();
            view.show(model);
        }
    }
}
