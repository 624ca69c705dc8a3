package dev.oriel.app.chips;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.app.TestWindow;
import dev.oriel.app.composer.TurnState;
import dev.oriel.testing.claude.FakeClaude;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChipsUiTest {
    private static final List<String> CHIPS = List.of("mode", "model", "effort");

    @TempDir Path folder;

    @SuppressWarnings("NullAway.Init") // opened by each test
    private TestWindow window;

    private void open(int width) {
        FakeClaude fake =
                FakeClaude.in(folder.resolve("fake"))
                        .replying(
                                "initialize",
                                "{\"models\":[{\"value\":\"default\",\"displayName\":\"_Default\","
                                        + "\"supportedEffortLevels\":[\"low\",\"_h\"]}]}")
                        .install();
        window =
                TestWindow.open(
                        TestWindow.paths(folder),
                        "cli",
                        s -> new ClaudeCli(s.withExecutable(fake.executable())),
                        width,
                        480);
        window.until(() -> window.shown("effort"));
        window.say("hello");
        window.until(() -> window.transcript().contains("Hello from the fake."));
        window.until(() -> window.turn() instanceof TurnState.Idle);
    }

    @AfterEach
    void close() {
        window.close();
    }

    private MenuButton chip(String id) {
        return (MenuButton) window.node(id);
    }

    private boolean isCut(String id) {
        return chip(id).lookupAll(".text").stream()
                .anyMatch(t -> ((Text) t).getText().endsWith("..."));
    }

    @ParameterizedTest
    @ValueSource(ints = {480, 560, 620, 660, 760, 1000})
    void aChipShowsItsWholeTextOrItsIconOnly(int width) {
        open(width);
        // A narrow window begins without the sidebar; with it, the chips have less room.
        if (!TestWindow.on(() -> window.shown("sessions"))) {
            window.chord(KeyCode.CONTROL, KeyCode.B);
            window.until(() -> window.shown("sessions"));
        }
        TestWindow.run(() -> window.shell().options().setModel("claude-opus-4-1[1m]"));
        window.until(() -> chip("model").getText().equals("Opus 4.1 1M"));
        // Which chips show a text is decided by layout passes.
        window.until(() -> {
            window.stage().getScene().getRoot().layout();
            ContentDisplay effort = chip("effort").getContentDisplay();
            return CHIPS.stream().noneMatch(this::isCut)
                    && (width != 1000 || effort == ContentDisplay.LEFT)
                    && (width > 620 || effort == ContentDisplay.GRAPHIC_ONLY);
        });
        // What is shown as an icon still has its name.
        assertThat(TestWindow.on(() -> chip("effort").getAccessibleText()))
                .isEqualTo("Effort: Default effort");
        assertThat(TestWindow.on(() -> chip("mode").getTooltip().getText()))
                .startsWith("Permission mode: Manual. ");
    }

    @Test
    void foreignTextBecomesNoMnemonic() {
        open(1000);
        TestWindow.run(() -> chip("model").show());
        window.until(() ->
                chip("model").getItems().stream().anyMatch(i -> "model-default".equals(i.getId())));
        TestWindow.run(() -> chip("model").hide());
        TestWindow.run(() -> window.shell().options().setModel("_my_model"));
        window.until(() -> chip("model").getText().equals("_my_model"));
        assertThat(TestWindow.on(() -> ((Labeled) chip("model")).isMnemonicParsing())).isFalse();
        assertThat(
                        TestWindow.on(() ->
                                chip("model").getItems().stream()
                                        .filter(RadioMenuItem.class::isInstance)
                                        .anyMatch(i -> i.isMnemonicParsing())))
                .isFalse();
    }

    private List<String> selected(String chip) {
        return TestWindow.on(() ->
                chip(chip).getItems().stream()
                        .filter(i -> i instanceof RadioMenuItem r && r.isSelected())
                        .map(MenuItem::getId)
                        .toList());
    }

    @Test
    void theMenusMarkTheValueOfTheSessionAlsoIfItIsNotInTheList() {
        open(1000);
        TestWindow.run(() -> {
            MenuItem plan =
                    chip("mode").getItems().stream()
                            .filter(i -> "mode-plan".equals(i.getId()))
                            .findFirst()
                            .orElseThrow();
            ((RadioMenuItem) plan).setSelected(true);
            plan.fire();
            assertThat(
                            chip("mode").getItems().stream()
                                    .filter(i -> i instanceof RadioMenuItem r && r.isSelected())
                                    .map(MenuItem::getId))
                    .as("the agent has not replied")
                    .containsExactly("mode-default");
        });
        TestWindow.run(() -> window.shell().options().setEffort("xhigh"));
        window.until(() -> chip("effort").getText().equals("Extra high effort"));
        assertThat(selected("effort")).containsExactly("effort-xhigh");
    }
}
