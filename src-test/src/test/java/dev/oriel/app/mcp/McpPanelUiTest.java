package dev.oriel.app.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.session.OpenSession;
import dev.oriel.client.compat.protocol.EffectSummary;
import dev.oriel.testing.client.FakeServerClient;
import dev.oriel.testing.client.OpenSessions;
import dev.oriel.testing.manual.ManualScheduler;
import dev.oriel.testing.window.FxThread;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testfx.api.FxToolkit;

@Timeout(120)
class McpPanelUiTest {
    private final FakeServerClient client = new FakeServerClient();
    private final ManualScheduler delay = new ManualScheduler();

    private void reply(McpViewModel model, String status) {
        CompletableFuture<ObjectNode> reply = new CompletableFuture<>();
        client.setControlReply(reply);
        model.load();
        reply.complete(
                (ObjectNode)
                        EffectSummary.json(
                                "{'mcpServers':[{'name':'a','status':'%s'}]}".formatted(status)));
        delay.advance(Duration.ZERO);
    }

    private static @Nullable Node focused(Scene scene) {
        return scene.getFocusOwner();
    }

    @Test
    void theFocusStaysOnAButtonWhileTheStatesAreReadAgain() throws Exception {
        FxToolkit.registerPrimaryStage();
        FxThread.run(() -> {
            OpenSession session = OpenSessions.open(client, "s");
            McpViewModel model =
                    new McpViewModel(
                            () -> session,
                            (_, _) -> CompletableFuture.completedFuture(null),
                            _ -> {},
                            _ -> {},
                            delay);
            McpPanel panel = new McpPanel(model, _ -> {}, _ -> {}, "", () -> {});
            Scene scene = new Scene(panel, 600, 600);
            Stage stage = new Stage();
            stage.setScene(scene);
            stage.show();
            reply(model, "pending");
            Node button = panel.lookup("#mcp-toggle-a");
            button.requestFocus();
            reply(model, "pending");
            assertThat(focused(scene)).isSameAs(button);
            reply(model, "connected");
            assertThat(panel.lookup(".mcp-connected")).isNotNull();
            assertThat(focused(scene))
                    .isNotSameAs(button)
                    .hasFieldOrPropertyWithValue("id", "mcp-toggle-a");
            stage.close();
        });
    }
}
