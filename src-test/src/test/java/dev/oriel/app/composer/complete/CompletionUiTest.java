package dev.oriel.app.composer.complete;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.TestWindow;
import dev.oriel.app.composer.TurnState;
import dev.oriel.app.shell.WindowPage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javafx.geometry.Bounds;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.PickResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The picker over the composer: keys, mouse, focus and place.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class CompletionUiTest {
    @TempDir Path folder;
    private TestWindow window;

    @BeforeEach
    void open() {
        window = TestWindow.demo(folder);
    }

    @AfterEach
    void close() {
        window.close();
    }

    private CompletionList list() {
        return TestWindow.on(() -> window.composerModel().completion().list().get());
    }

    /// Types as a user does: what is set by the program opens nothing.
    private void type(String text) {
        TestWindow.run(() -> {
            window.stage().requestFocus();
            TextArea area = window.composer();
            area.requestFocus();
            text.codePoints().forEach(c -> area.replaceSelection(Character.toString(c)));
        });
    }

    private boolean isShown() {
        return window.shown("completions");
    }

    private List<Node> rows() {
        return List.copyOf(window.node("completions").lookupAll(".completion"));
    }

    @Test
    void aSlashShowsTheListAndTheFocusStaysInTheEditor() {
        type("/");
        window.until(this::isShown);
        assertThat(TestWindow.on(() -> window.composer().isFocused())).isTrue();
        window.type(KeyCode.DOWN);
        window.until(() -> list().selected() == 1);
        window.type(KeyCode.UP);
        window.type(KeyCode.UP);
        window.until(() -> list().selected() == list().rows().size() - 1);
        assertThat(TestWindow.on(() -> window.composer().getText())).isEqualTo("/");
    }

    @Test
    void theListStaysAtItsWordWhenTheWindowBecomesLower() {
        window.say("hello");
        window.until(() -> window.page() instanceof WindowPage.Conversation);
        type("/");
        window.until(this::isShown);
        double distance = TestWindow.on(this::distance);
        double before = TestWindow.on(() -> top(window.composer()));
        TestWindow.run(() -> window.stage().setHeight(500));
        window.until(() -> top(window.composer()) < before - 100);
        window.until(() -> Math.abs(distance() - distance) < 1);
    }

    /// From the end of the list to the text area, pixels.
    private double distance() {
        Node list = window.node("completions");
        return top(window.composer()) - list.localToScene(list.getLayoutBounds()).getMaxY();
    }

    private static double top(Node node) {
        return node.localToScene(node.getLayoutBounds()).getMinY();
    }

    @Test
    void escClosesTheListOnlyAndStopsNoTurn() {
        window.say("long essay");
        window.until(() -> window.turn() instanceof TurnState.Running);
        type("/");
        window.until(this::isShown);
        window.type(KeyCode.ESCAPE);
        window.until(() -> !isShown());
        assertThat(TestWindow.on(() -> window.turn())).isInstanceOf(TurnState.Running.class);
        assertThat(TestWindow.on(() -> window.composer().getText())).isEqualTo("/");
        window.type(KeyCode.ESCAPE);
        window.until(() -> !(window.turn() instanceof TurnState.Running));
    }

    @Test
    void anOwnCommandRunsAndLeavesNoText() {
        window.say("hello");
        window.until(() -> window.page() instanceof WindowPage.Conversation);
        type("/new");
        window.until(this::isShown);
        window.type(KeyCode.ENTER);
        window.until(() -> window.page() instanceof WindowPage.NewSession);
        assertThat(TestWindow.on(() -> window.composer().getText())).isEmpty();
    }

    @Test
    void aClickChoosesARow() {
        type("/keys");
        window.until(this::isShown);
        TestWindow.run(() -> {
            Node row = rows().getFirst();
            row.fireEvent(
                    new MouseEvent(
                            MouseEvent.MOUSE_CLICKED,
                            5,
                            5,
                            5,
                            5,
                            MouseButton.PRIMARY,
                            1,
                            false,
                            false,
                            false,
                            false,
                            true,
                            false,
                            false,
                            true,
                            false,
                            true,
                            new PickResult(row, 5, 5)));
        });
        window.until(
                () -> window.stage().getScene().lookup(".shortcut-sheet") != null || !isShown());
        assertThat(TestWindow.on(() -> window.composer().getText())).isEmpty();
    }

    @Test
    void anUnknownCommandIsSentAsText() {
        type("/zzz");
        assertThat(TestWindow.on(this::isShown)).isFalse();
        window.type(KeyCode.ENTER);
        window.until(() -> window.transcript().contains("/zzz"));
    }

    @Test
    void aListWithoutRowsShowsItsNote() {
        type("@nothing-has-this-name");
        window.until(this::isShown);
        assertThat(TestWindow.on(() -> rows())).isEmpty();
        assertThat(TestWindow.on(() -> ((Label) window.node("completions-note")).getText()))
                .isNotEmpty();
    }

    @Test
    void aTextThatIsSetOpensNothing() {
        window.write("/");
        TestWindow.run(() -> window.composer().end());
        assertThat(TestWindow.on(this::isShown)).isFalse();
    }

    @Test
    void theListStaysInsideOfASmallWindowAndBesideTheWord() {
        TestWindow.run(() -> {
            window.stage().setWidth(660);
            window.stage().setHeight(480);
        });
        window.until(() ->
                window.stage().getScene().getWidth() <= 660
                        && window.stage().getScene().getHeight() <= 480);
        type("/");
        window.until(this::isShown);
        TestWindow.run(() -> {
            window.stage().getScene().getRoot().layout();
            Node popup = window.node("completions");
            Bounds at = popup.localToScene(popup.getLayoutBounds());
            Bounds composer = window.composer().localToScene(window.composer().getLayoutBounds());
            assertThat(at.getMinX()).isGreaterThanOrEqualTo(0);
            assertThat(at.getMinY()).isGreaterThanOrEqualTo(0);
            assertThat(at.getMaxX()).isLessThanOrEqualTo(window.stage().getScene().getWidth());
            assertThat(at.getMaxY()).isLessThanOrEqualTo(composer.getMaxY());
        });
    }

    @Test
    void namesThatAreHardToWriteAreShownAsTheyAreAndInsertedWhole() throws Exception {
        Path project = Files.createDirectory(folder.resolve("project"));
        List<String> names =
                List.of(
                        "zz my \"q\".txt",
                        "zz שלום.txt",
                        "zz👩‍👩‍👧.md",
                        "zz\u202egpj.exe",
                        "zz a\nb");
        for (String name : names) {
            Files.writeString(project.resolve(name), "x");
        }
        TestWindow.run(() -> window.newSessionFolder().set(project.toString()));
        type("@zz");
        // A name with a line break is not listed.
        window.until(() -> list().rows().size() == names.size() - 1 && isShown());
        TestWindow.run(() -> {
            List<String> shown =
                    window.node("completions").lookupAll(".label").stream()
                            .map(l -> ((Label) l).getText())
                            .toList();
            assertThat(String.join("|", shown)).doesNotContain("\u202e").contains("U+202E");
        });
        int family = list().rows().stream().map(Completion::name).toList().indexOf("zz👩‍👩‍👧.md");
        TestWindow.run(() -> window.composerModel().completion().select(family));
        window.type(KeyCode.ENTER);
        window.until(() -> window.composer().getText().equals("@zz👩‍👩‍👧.md "));
    }

    @Test
    void aScreenReaderIsGivenTheSelectedRowAndTheNumberOfRows() {
        type("/");
        window.until(this::isShown);
        TestWindow.run(() -> {
            Node item =
                    (Node)
                            window.composer()
                                    .queryAccessibleAttribute(AccessibleAttribute.FOCUS_ITEM);
            int rows = window.composerModel().completion().list().get().rows().size();
            assertThat(item.getAccessibleText())
                    .matches("/[a-z]+, Oriel command, .*, 1 of " + rows);
            assertThat(item.queryAccessibleAttribute(AccessibleAttribute.FOCUSED)).isEqualTo(true);
        });
    }
}
