package dev.oriel.app.gallery;

import dev.oriel.app.TestWindow;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.PopupWindow;
import javafx.stage.Window;
import org.fxmisc.richtext.GenericStyledArea;
import org.testfx.api.FxRobot;

/// Takes the steps of a page in a window.
final class GallerySteps {
    private final FxRobot robot = new FxRobot();
    private final TestWindow window;
    private final Path project;

    /// @param project the session's folder
    GallerySteps(TestWindow window, Path project) {
        this.window = window;
        this.project = project;
    }

    void take(GalleryStep step) {
        switch (step) {
            case GalleryStep.Keys(List<String> keys) -> {
                KeyCode[] codes = keys.stream().map(GallerySteps::key).toArray(KeyCode[]::new);
                robot.press(codes).release(codes);
            }
            case GalleryStep.Write(String text) -> robot.write(text, 0);
            case GalleryStep.Say(String prompt) -> window.say(prompt);
            case GalleryStep.Draft(String text) -> window.write(text);
            case GalleryStep.Press(String name) -> press(name);
            case GalleryStep.Await(String id) -> window.until(() -> window.shown(id));
            case GalleryStep.Attach(List<String> files) ->
                    TestWindow.run(() ->
                            window.attachments()
                                    .addFiles(files.stream().map(project::resolve).toList()));
            case GalleryStep.Click(String selector) -> window.click(selector);
            case GalleryStep.At(String text, boolean menu) ->
                    robot.clickOn(at(text), menu ? MouseButton.SECONDARY : MouseButton.PRIMARY);
            case GalleryStep.Toast(String text, boolean error) ->
                    TestWindow.run(() -> {
                        if (error) {
                            window.shell().toasts().error(text);
                        } else {
                            window.shell().toasts().info(text);
                        }
                    });
            case GalleryStep.Close() -> TestWindow.run(window::requestClose);
            case GalleryStep.Offline() -> window.stopServer();
        }
    }

    private static KeyCode key(String name) {
        return switch (name) {
            case "Ctrl" -> KeyCode.CONTROL;
            case "Slash" -> KeyCode.SLASH;
            default -> KeyCode.valueOf(name.toUpperCase(java.util.Locale.ROOT));
        };
    }

    private void press(String name) {
        window.until(() -> find(name).isPresent());
        TestWindow.run(() -> {
            switch (find(name).orElseThrow()) {
                case MenuButton menu -> menu.show();
                case ButtonBase button -> button.fire();
                case ComboBoxBase<?> choice -> choice.show();
                case MenuItem item -> {
                    item.getParentPopup().hide();
                    item.fire();
                }
                case Node node -> node.requestFocus();
                default -> throw new IllegalStateException(name);
            }
        });
    }

    /// The node with an id, else the button or menu item with a text.
    private Optional<Object> find(String name) {
        Node node = window.node(name);
        if (node != null) {
            return Optional.of(node);
        }
        Stream<Object> buttons =
                window.stage().getScene().getRoot().lookupAll("*").stream()
                        .filter(ButtonBase.class::isInstance)
                        .map(ButtonBase.class::cast)
                        .filter(b -> name.equals(b.getText()) || name.equals(b.getAccessibleText()))
                        .map(Object.class::cast);
        Stream<Object> items =
                Window.getWindows().stream()
                        .filter(PopupWindow.class::isInstance)
                        .flatMap(w -> items(w))
                        .filter(i -> name.equals(i.getText()))
                        .map(Object.class::cast);
        return Stream.concat(buttons, items).findFirst();
    }

    private static Stream<MenuItem> items(Window popup) {
        return popup instanceof javafx.scene.control.ContextMenu menu
                ? menu.getItems().stream()
                : Stream.empty();
    }

    /// The middle of a text of the conversation, on the screen.
    private Point2D at(String text) {
        return TestWindow.on(() -> {
            GenericStyledArea<?, ?, ?> area =
                    (GenericStyledArea<?, ?, ?>) window.node("transcript");
            int from = area.getText().indexOf(text);
            Bounds bounds =
                    area.getCharacterBoundsOnScreen(from, from + 1)
                            .orElseThrow(() -> new AssertionError("not shown: " + text));
            return new Point2D(bounds.getCenterX(), bounds.getCenterY());
        });
    }
}
