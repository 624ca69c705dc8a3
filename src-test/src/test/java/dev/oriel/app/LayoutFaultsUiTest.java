package dev.oriel.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.oriel.app.composer.TurnState;
import dev.oriel.testing.await.Patience;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An exception in a layout pass costs the part that threw it, never the window or its next start.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LayoutFaultsUiTest {
    private static final String WINDOW = "state/window.json";

    @TempDir Path folder;

    /// Opens a window with a session that is not open.
    private TestWindow beside() {
        TestWindow window = TestWindow.demo(folder);
        window.say("hello");
        window.until(
                () -> window.transcript().length() > 60 && window.turn() instanceof TurnState.Idle);
        awaitMark("null");
        window.press("new-session");
        return window;
    }

    private static void choose(TestWindow window) {
        ((ListView<?>) window.node("sessions")).getSelectionModel().selectLast();
    }

    private String awaitMark(String begin) {
        return await().atMost(Patience.LIMIT)
                .until(
                        () -> Files.readString(folder.resolve(WINDOW)),
                        text -> text.replaceAll("\\s", "").contains("\"opening\":" + begin));
    }

    /// The texts of the toasts. The question about updates looks like one, and may come before or
    /// after.
    private static String toasts(TestWindow window) {
        return window.stage().getScene().getRoot().lookupAll(".toast").stream()
                .filter(toast -> !"updates".equals(toast.getId()))
                .flatMap(toast -> toast.lookupAll(".label").stream())
                .map(n -> ((Labeled) n).getText())
                .collect(Collectors.joining("\n"));
    }

    @Test
    void theNextStartNamesTheSessionAndOpensItOnlyWhenItIsChosen() throws Exception {
        String whileItOpened;
        try (TestWindow window = beside()) {
            whileItOpened =
                    TestWindow.on(() -> {
                        choose(window);
                        return awaitMark("\"");
                    });
        }
        // The state that a crash at that moment leaves.
        Files.writeString(folder.resolve(WINDOW), whileItOpened);
        try (TestWindow next = TestWindow.demo(folder)) {
            next.until(() -> toasts(next).startsWith("The window ended while it opened “hello”"));
            assertThat(TestWindow.on(() -> next.shown("transcript"))).isFalse();
            TestWindow.run(() -> choose(next));
            next.until(() -> next.shown("transcript") && next.transcript().contains("hello"));
        }
        try (TestWindow third = TestWindow.demo(folder)) {
            third.until(() -> third.shown("transcript") && third.transcript().contains("hello"));
            assertThat(TestWindow.on(() -> toasts(third))).isEmpty();
        }
    }

    @Test
    void aWindowThatCannotBeLaidOutAtItsEndBlamesItsSession() {
        try (TestWindow window = beside()) {
            TestWindow.run(() -> {
                choose(window);
                ((Pane) window.stage().getScene().getRoot()).getChildren().add(new Throwing());
                window.stage().close();
            });
        }
        try (TestWindow next = TestWindow.demo(folder)) {
            next.until(() -> toasts(next).startsWith("The window ended while it opened"));
            assertThat(TestWindow.on(() -> next.shown("transcript"))).isFalse();
        }
    }

    @Test
    void aWindowThatIsClosedNormallyDoesNotBlameTheSessionItOpens() {
        try (TestWindow window = beside()) {
            TestWindow.run(() -> {
                choose(window);
                window.stage().close();
            });
        }
        try (TestWindow next = TestWindow.demo(folder)) {
            next.until(() -> next.shown("transcript") && next.transcript().contains("hello"));
        }
    }

    @Test
    void aPartThatThrowsIsReplacedAndTheWindowContinues() {
        try (TestWindow window = TestWindow.demo(folder)) {
            TestWindow.run(() ->
                    ((Pane) window.stage().getScene().getRoot().lookup(".lower"))
                            .getChildren()
                            .addFirst(new Throwing()));
            window.until(() -> window.labels().contains("This part cannot be shown."));
            window.say("hello");
            window.until(() ->
                    window.transcript().length() > 60 && window.turn() instanceof TurnState.Idle);
            TestWindow.run(() -> window.stage().setWidth(800));
            window.until(
                    () -> window.stage().getScene().getRoot().getLayoutBounds().getWidth() < 820);
        }
    }

    /// Throws in each layout pass.
    private static final class Throwing extends Region {
        @Override
        protected void layoutChildren() {
            throw new ArrayIndexOutOfBoundsException(-1);
        }
    }
}
