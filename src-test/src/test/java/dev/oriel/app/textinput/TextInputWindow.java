package dev.oriel.app.textinput;

import dev.oriel.testing.await.Patience;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javafx.scene.Scene;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.testfx.util.WaitForAsyncUtils;

/// A text area over a text field, with the skins that the window's stylesheet gives them.
record TextInputWindow(VBox root, TextArea area, TextField field) {
    /// Shows both. To be called on the JavaFX thread.
    static TextInputWindow in(Stage stage) {
        TextArea area = new TextArea();
        TextField field = new TextField();
        VBox root = new VBox(area, field);
        root.getStyleClass().addAll("oriel", "oriel-light");
        Scene scene = new Scene(root, 500, 300);
        for (String sheet : List.of("tokens", "shell")) {
            scene.getStylesheets()
                    .add(
                            Objects.requireNonNull(
                                            SteadyCaret.class.getResource(
                                                    "/dev/oriel/app/theme/" + sheet + ".css"))
                                    .toExternalForm());
        }
        stage.setScene(scene);
        stage.show();
        return new TextInputWindow(root, area, field);
    }

    /// Runs a task on the JavaFX thread and waits for it.
    static <T> T on(Callable<T> work) throws Exception {
        return WaitForAsyncUtils.asyncFx(work).get(Patience.SECONDS, TimeUnit.SECONDS);
    }
}
