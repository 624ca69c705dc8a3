package dev.oriel.app;

import static dev.oriel.app.TestWindow.on;
import static dev.oriel.app.TestWindow.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.server.ConnectLink;
import dev.oriel.client.ServerKind;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a further start of the program requests of the open window.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class StartupActionUiTest {
    @TempDir Path folder;

    private static String text(TestWindow window, String id) {
        return on(() -> ((TextField) window.node(id)).getText());
    }

    @Test
    void aLinkFillsInTheFormAndNothingElse() throws Exception {
        ConnectLink link = ConnectLink.parse("oriel:connect?url=ws://127.0.0.1:1/ws&kind=enhanced");
        try (TestWindow window = TestWindow.demo(folder)) {
            window.bringToFront(new StartupAction.ShowConnectForm(link));
            window.until(() -> window.shown("remote-connect"));
            assertThat(text(window, "remote-url")).isEqualTo("ws://127.0.0.1:1/ws");
            assertThat(text(window, "remote-token")).isEmpty();
            assertThat(on(() -> ((ChoiceBox<?>) window.node("remote-kind-choice")).getValue()))
                    .isEqualTo(ServerKind.ENHANCED.label());
            assertThat(on(() -> window.shown("remote-from-link"))).isTrue();

            // A server that starts or stops does not change the form.
            run(() -> window.wiring().server().stop());
            run(() -> window.wiring().server().start());
            window.until(() -> window.button("link-state").getText().equals("Live"));
            assertThat(text(window, "remote-url")).isEqualTo("ws://127.0.0.1:1/ws");
            assertThat(on(() -> window.wiring().server().remote().get())).isFalse();
            assertThat(folder.resolve("config/remote.json")).doesNotExist();
        }
    }

    @Test
    void aSessionIsRestoredAlthoughTheWindowWasClosedSoonAfterItOpened() {
        try (TestWindow window = TestWindow.demo(folder)) {
            window.say("help");
            window.until(() -> window.transcript().contains("help"));
        }
        try (TestWindow again = TestWindow.demo(folder)) {
            again.until(() -> again.transcript().contains("help"));
        }
    }

    @Test
    void aSecondLinkClearsTheTokenOfTheFirst() throws Exception {
        try (TestWindow window = TestWindow.demo(folder)) {
            window.bringToFront(opening("ws://first.example/ws"));
            window.until(() -> window.shown("remote-connect"));
            run(() -> ((TextField) window.node("remote-token")).setText("for the first"));
            window.bringToFront(opening("ws://second.example/ws"));
            window.until(
                    () -> ((TextField) window.node("remote-url")).getText().contains("second"));
            assertThat(text(window, "remote-token")).isEmpty();
        }
    }

    private static StartupAction opening(String url) {
        return OrielCommand.parseForwarded("oriel:connect?url=" + url).orElseThrow();
    }

    @Test
    void aRejectedLinkIsReportedAndTheServerIsShown() {
        try (TestWindow window = TestWindow.demo(folder)) {
            window.bringToFront(new StartupAction.RejectLink("It is nonsense."));
            window.until(() -> window.stage().getScene().lookup(".toast.trouble") != null);
            window.bringToFront(new StartupAction.ShowServer());
            window.until(() -> window.shown("server-panel"));
        }
    }
}
