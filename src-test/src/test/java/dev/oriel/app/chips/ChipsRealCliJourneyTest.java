package dev.oriel.app.chips;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.TestWindow;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.window.ClaudeWindowJourney;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The chips under the composer with the real `claude` CLI, which talks to a fake API.
class ChipsRealCliJourneyTest extends ClaudeWindowJourney {
    private void say(TestWindow window, String prompt, String answer) {
        api.enqueue(FakeReply.text(answer));
        window.say(prompt);
        awaitIdleWith(window, answer);
    }

    private static MenuButton chip(TestWindow window, String id) {
        return (MenuButton) window.node(id);
    }

    /// Chooses an item, once it is in the menu.
    private static void choose(TestWindow window, String chip, String item) {
        TestWindow.run(() -> chip(window, chip).show());
        window.until(() -> find(window, chip, item) != null);
        TestWindow.run(() -> {
            MenuItem found = find(window, chip, item);
            if (found != null) {
                found.fire();
            }
            chip(window, chip).hide();
        });
    }

    private static @Nullable MenuItem find(TestWindow window, String chip, String item) {
        return chip(window, chip).getItems().stream()
                .filter(i -> item.equals(i.getId()))
                .findFirst()
                .orElse(null);
    }

    private JsonNode lastRequest() {
        return api.requests().getLast().body();
    }

    @Test
    void effortAndModelReachTheApiAndHoldForLaterAgents() {
        TestWindow window = open();
        say(window, "hello", "Hello from here.");
        String before = lastRequest().path("model").asText();

        choose(window, "effort", "effort-low");
        window.until(() -> chip(window, "effort").getText().equals("Low effort"));
        say(window, "think little", "Little thought.");
        assertThat(lastRequest().at("/output_config/effort").asText()).isEqualTo("low");

        choose(window, "model", "model-haiku");
        window.until(() -> chip(window, "model").getText().startsWith("Haiku"));
        say(window, "be quick", "Quick.");
        String haiku = lastRequest().path("model").asText();
        assertThat(haiku).contains("haiku").isNotEqualTo(before);

        window.close();
        TestWindow again = open();
        again.until(() -> chip(again, "effort").getText().equals("Low effort"));
        say(again, "and now", "Still quick.");
        assertThat(lastRequest().path("model").asText()).isEqualTo(haiku);
        assertThat(lastRequest().at("/output_config/effort").asText()).isEqualTo("low");

        choose(again, "model", "model-default");
        choose(again, "effort", "effort-default");
        again.until(() -> chip(again, "effort").getText().equals("Default effort"));
        say(again, "as before", "As before.");
        assertThat(lastRequest().path("model").asText()).isEqualTo(before);
        assertThat(lastRequest().at("/output_config/effort").asText()).isNotEqualTo("low");
    }

    @Test
    void aNewSessionBeginsWithTheChosenEffort() {
        TestWindow window = open();
        choose(window, "effort", "effort-medium");
        assertThat(TestWindow.on(() -> chip(window, "effort").getText()))
                .isEqualTo("Medium effort");
        say(window, "hello", "Hello.");
        assertThat(lastRequest().at("/output_config/effort").asText()).isEqualTo("medium");
        window.until(() -> chip(window, "effort").getText().equals("Medium effort"));
    }

    @Test
    void thePanelShowsWhatTheContextHoldsWithoutAskingTheApi() {
        TestWindow window = open();
        say(window, "hello", "Hello from here.");
        window.until(() -> window.shown("context"));
        assertThat(TestWindow.on(() -> window.button("context").getText())).endsWith(" %");
        int before = api.requests().size();
        window.chord(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.U);
        window.until(() -> window.labels().contains("System prompt"));
        assertThat(api.requests()).hasSize(before);
        window.until(() -> !((Labeled) window.node("cost-today")).getText().equals("…"));
        String session = TestWindow.on(() -> ((Labeled) window.node("cost-session")).getText());
        assertThat(session).startsWith("$");
        assertThat(TestWindow.on(() -> ((Labeled) window.node("cost-today")).getText()))
                .isEqualTo(session);

        window.press("count-context");
        window.until(() -> window.labels().contains("Counted by the API."));
        window.type(KeyCode.ESCAPE);
        window.until(() -> window.node("usage-panel") == null && window.composer().isFocused());

        window.close();
        TestWindow again = open();
        again.until(() -> again.shown("context"));
        again.chord(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.U);
        again.until(() -> again.node("usage-start") != null);
        again.press("usage-start");
        again.until(() -> again.labels().contains("System prompt"));
    }

    @Test
    void theMenusOpenByKeyboard() {
        TestWindow window = open();
        TestWindow.run(() -> window.stage().requestFocus());
        window.chord(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.E);
        window.until(() -> chip(window, "effort").isShowing());
        window.type(KeyCode.DOWN);
        window.type(KeyCode.DOWN);
        window.type(KeyCode.ENTER);
        window.until(() -> !chip(window, "effort").getText().equals("Default effort"));
        assertThat(
                        TestWindow.on(() ->
                                chip(window, "effort").getItems().stream()
                                        .filter(i -> ((RadioMenuItem) i).isSelected())
                                        .count()))
                .isEqualTo(1);
        window.chord(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.I);
        window.until(() -> chip(window, "model").isShowing());
    }
}
