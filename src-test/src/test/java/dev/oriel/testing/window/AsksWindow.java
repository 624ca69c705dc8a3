package dev.oriel.testing.window;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.TestWindow;
import dev.oriel.app.asks.AsksViewModel;
import dev.oriel.app.composer.TurnState;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What tests of asks in the real window have in common: one window with the demo agent for all
/// tests of a class, in which each test shows asks of sessions that the server does not know.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AsksWindow {
    /// The answers since the last call of [#turnTo]. For the JavaFX thread; tests read it while
    /// nothing is answered.
    protected final List<Message> sent = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // opened before the first test
    protected TestWindow window;

    @BeforeAll
    final void openWindow(@TempDir Path folder) {
        window = TestWindow.demo(folder);
        window.say("hello");
        window.until(
                () -> window.transcript().length() > 60 && window.turn() instanceof TurnState.Idle);
    }

    @AfterAll
    final void closeWindow() {
        window.close();
    }

    @AfterEach
    final void forgetAsks() {
        TestWindow.run(() -> asks().attach("none", _ -> true));
    }

    protected AsksViewModel asks() {
        return window.asks();
    }

    /// Shows the asks of another session, and forgets the answers so far.
    protected void turnTo(String session) {
        TestWindow.run(() -> {
            sent.clear();
            asks().attach(session, sent::add);
        });
    }

    /// Receives an ask and waits until it can be answered.
    protected void receiveAsk(String id, String tool, ObjectNode input) {
        receiveAsk(id, tool, input, Json.object());
    }

    /// Receives an ask and waits until it can be answered.
    ///
    /// @param more further fields of the request
    protected void receiveAsk(String id, String tool, ObjectNode input, ObjectNode more) {
        ObjectNode ask = Json.object().put("type", "control_request").put("request_id", id);
        ObjectNode request = ask.putObject("request").put("subtype", "can_use_tool");
        request.put("tool_name", tool).setAll(more);
        request.set("input", input);
        receiveAsk(Message.of(ask));
    }

    /// Receives an ask and waits until it can be answered.
    protected void receiveAsk(Message ask) {
        TestWindow.run(() -> asks().receive(ask, false));
        window.until(() -> asks().armed().get());
    }

    /// The behaviour in the last answer: `allow` or `deny`.
    protected String behavior() {
        return sent.getLast().tree().at("/response/response/behavior").asText();
    }
}
