package dev.oriel.app.controls;

import static org.awaitility.Awaitility.await;

import dev.oriel.testing.await.Patience;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/// A node that throws in a layout pass is replaced, and nothing else.
class LayoutRecoveryUiTest {
    @SuppressWarnings("NullAway.Init") // opened before each test
    private Stage stage;

    @SuppressWarnings("NullAway.Init")
    private VBox inner;

    @SuppressWarnings("NullAway.Init")
    private Label beside;

    @BeforeEach
    void open() throws Exception {
        FxToolkit.registerPrimaryStage();
        on(() -> {
            LayoutRecovery.install();
            beside = new Label("before");
            inner = new VBox(beside);
            stage = new Stage();
            stage.setScene(new Scene(new StackPane(new VBox(inner)), 400, 300));
            stage.show();
            return true;
        });
    }

    @AfterEach
    void close() throws Exception {
        on(() -> {
            stage.close();
            Thread.currentThread().setUncaughtExceptionHandler(null);
            return true;
        });
    }

    private static <T> T on(Callable<T> work) throws Exception {
        return WaitForAsyncUtils.asyncFx(work).get(Patience.SECONDS, TimeUnit.SECONDS);
    }

    private static void awaitFx(Callable<Boolean> so) {
        await().atMost(Patience.LIMIT).until(() -> on(so));
    }

    @Test
    void aNodeThatThrowsIsReplacedAndTheRestIsLaidOut() throws Exception {
        on(() -> inner.getChildren().add(new Throwing()));
        awaitFx(() -> inner.getChildren().get(1) instanceof Label);
        on(() -> {
            beside.setText("a much longer text than before");
            return true;
        });
        awaitFx(() -> beside.getWidth() > 150);
    }

    @Test
    void aLabelThatCannotShapeItsTextShowsItUnshaped() throws Exception {
        Label bad = on(UnshapedOnly::new);
        on(() -> inner.getChildren().add(bad));
        awaitFx(() -> bad.getText().equals("x\ufffd\ufffd") && bad.getWidth() > 0);
        on(() -> {
            beside.setText("a much longer text than before");
            return true;
        });
        awaitFx(() -> beside.getWidth() > 150);
    }

    /// Throws whenever it is laid out.
    private static final class Throwing extends Region {
        @Override
        protected void layoutChildren() {
            throw new ArrayIndexOutOfBoundsException(-1);
        }
    }

    /// Throws as long as its text has letters that need shaping.
    private static final class UnshapedOnly extends Label {
        UnshapedOnly() {
            super("xשל");
        }

        @Override
        protected void layoutChildren() {
            if (getText().indexOf('ש') >= 0) {
                throw new ArrayIndexOutOfBoundsException(-1);
            }
            super.layoutChildren();
        }
    }
}
