package dev.oriel.app;

import static dev.oriel.app.TestWindow.on;
import static dev.oriel.app.TestWindow.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.composer.TurnState;
import dev.oriel.client.ServerKind;
import dev.oriel.testing.peer.FakeCompatServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The whole window as a client of servers with another protocol.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class RemoteWindowUiTest {
    @TempDir Path folder;

    @SuppressWarnings("unchecked")
    static void connect(TestWindow window, String url, String token, String kind) {
        window.press("server");
        window.until(() -> window.shown("connect-remote"));
        window.press("connect-remote");
        window.until(() -> window.shown("remote-connect"));
        run(() -> {
            ((ChoiceBox<String>) window.node("remote-kind-choice")).setValue(kind);
            ((TextField) window.node("remote-url")).setText(url);
            ((PasswordField) window.node("remote-token")).setText(token);
        });
        window.press("remote-connect");
    }

    @ParameterizedTest
    @EnumSource(value = ServerKind.class, names = "NATIVE", mode = EnumSource.Mode.EXCLUDE)
    void aServerWhoseKindIsDetectedAnswersAPrompt(ServerKind kind) throws Exception {
        try (FakeCompatServer server = new FakeCompatServer(kind);
                TestWindow window = TestWindow.demo(folder)) {
            connect(window, server.url(), "a-secret-token", "Detect automatically");
            window.until(() ->
                    !window.shown("server-panel")
                            && window.button("link-state").getText().equals("Live")
                            && window.wiring().server().kind().get() == kind);
            boolean many = kind == ServerKind.MANAGER;
            window.say("good morning");
            window.until(() -> window.transcript().contains(kind.label() + " heard: good morning"));
            window.until(() -> window.turn() instanceof TurnState.Idle);
            window.say("once more");
            window.until(() -> window.transcript().contains("heard: once more"));
            window.until(() -> window.turn() instanceof TurnState.Idle);
            String said = on(window::transcript);
            // Each text is shown once, although one of the servers sends it twice.
            assertThat(said.split("heard: good morning", -1)).hasSize(2);

            assertThat(on(() -> window.node("new-session").isDisabled())).isEqualTo(!many);
            assertThat(on(() -> window.node("stop").isDisabled())).isEqualTo(many);
            assertThat(on(() -> window.node("begin-folder").isDisabled()))
                    .isEqualTo(kind == ServerKind.RELAY || kind == ServerKind.ONESHOT);
            assertThat(on(() -> window.node("model").isDisabled()))
                    .isEqualTo(kind != ServerKind.ENHANCED);

            window.press("server");
            window.until(() -> window.shown("abilities"));
            assertThat(on(() -> ((Label) window.node("remote-kind")).getText()))
                    .isEqualTo(kind.label());
            window.press("open-protocol");
            window.until(() -> {
                ListView<?> frames = (ListView<?>) window.node("protocol-frames");
                return frames != null
                        && frames.getItems().stream()
                                .anyMatch(f -> f.toString().contains("good morning"));
            });
            assertThat(
                            on(() ->
                                    ((ListView<?>) window.node("protocol-frames"))
                                            .getItems()
                                            .toString()))
                    .doesNotContain("a-secret-token");
            window.type(KeyCode.ESCAPE);
            window.until(() -> !window.shown("protocol"));
            assertThat(Files.readString(folder.resolve("config/remote.json")))
                    .contains(kind.id())
                    .doesNotContain("a-secret-token");
        }
    }

    @Test
    void theFormShowsWhyThereIsNoConnectionAndTheWindowStaysConnected() {
        try (TestWindow window = TestWindow.demo(folder)) {
            connect(window, "ws://127.0.0.1:1/ws", "", "Detect automatically");
            window.until(() ->
                    ((Label) window.node("remote-wrong"))
                            .getText()
                            .equals("http://127.0.0.1:1/ws: No server answers at this address."));
            assertThat(on(() -> window.button("link-state").getText())).isEqualTo("Live");
            assertThat(on(() -> window.wiring().server().remote().get())).isFalse();
        }
    }

    @Test
    void theFormStaysUntilTheServerRepliesAndTheHeaderThenNamesIt() throws Exception {
        try (FakeCompatServer server = new FakeCompatServer(ServerKind.MANAGER);
                TestWindow window = TestWindow.demo(folder)) {
            assertThat(on(() -> window.node("server-name").isVisible())).isFalse();
            connect(window, "ws://127.0.0.1:1/ws", "", ServerKind.MANAGER.label());
            window.until(() ->
                    ((Label) window.node("remote-wrong")).getText().contains("No server answers"));
            run(() -> ((TextField) window.node("remote-url")).setText(server.url()));
            // Enter submits from every field.
            run(() -> window.node("remote-url").requestFocus());
            window.type(KeyCode.ENTER);
            window.until(() -> !window.shown("server-panel"));
            window.until(() -> window.shown("server-name"));
            String place = server.url().replaceFirst("^ws://", "");
            assertThat(on(() -> ((Label) window.node("server-name")).getText())).isEqualTo(place);
            run(() -> window.wiring().server().useOwnServer());
            window.until(() -> !window.shown("server-name"));
            window.press("server");
            window.until(() -> window.shown("known-servers"));
        }
    }

    @Test
    void theConnectionButtonStartsAServerThatTheUserStopped() {
        try (TestWindow window = TestWindow.demo(folder)) {
            window.say("hello");
            window.until(() -> window.turn() instanceof TurnState.Idle);
            run(() -> window.wiring().server().stop());
            window.until(() -> window.button("link-state").getText().contains("Offline"));
            assertThat(on(() -> window.button("link-state").getTooltip().getText()))
                    .isEqualTo("You stopped the server of this window.");
            window.press("link-state");
            window.until(() -> window.button("link-state").getText().equals("Live"));
        }
    }

    @Test
    void backAtItsOwnServerNothingIsDisabled() throws Exception {
        try (FakeCompatServer server = new FakeCompatServer(ServerKind.MANAGER);
                TestWindow window = TestWindow.demo(folder)) {
            connect(window, server.url(), "", ServerKind.MANAGER.label());
            window.until(() -> window.wiring().server().kind().get() == ServerKind.MANAGER);
            run(() -> window.wiring().server().useOwnServer());
            window.until(() -> window.button("link-state").getText().equals("Live"));
            assertThat(on(() -> window.node("stop").isDisabled())).isFalse();
            assertThat(on(() -> window.node("mode").isDisabled())).isFalse();
            window.say("hello");
            window.until(() -> window.transcript().contains("hello"));
        }
    }
}
