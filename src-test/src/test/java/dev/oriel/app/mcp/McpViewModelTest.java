package dev.oriel.app.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.mcp.McpViewModel.McpState;
import dev.oriel.app.session.OpenSession;
import dev.oriel.client.ClientException;
import dev.oriel.client.compat.protocol.EffectSummary;
import dev.oriel.testing.client.FakeServerClient;
import dev.oriel.testing.client.OpenSessions;
import dev.oriel.testing.manual.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class McpViewModelTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualScheduler delay = new ManualScheduler();
    private final FakeServerClient client = new FakeServerClient();
    private final List<String> added = new ArrayList<>();
    private final List<String> infos = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private CompletableFuture<Void> adding = CompletableFuture.completedFuture(null);
    private @Nullable OpenSession session;
    private final McpViewModel mcp =
            new McpViewModel(
                    () -> session,
                    (id, body) -> {
                        added.add(id + " " + body.path("name").asText());
                        return adding;
                    },
                    infos::add,
                    errors::add,
                    delay);

    private void open(String id) {
        session = OpenSessions.open(client, id);
    }

    private void fail(String code, String message) {
        client.setControlReply(CompletableFuture.failedFuture(new ClientException(code, message)));
    }

    private void reply(String json) {
        client.setControlReply(
                CompletableFuture.completedFuture((ObjectNode) EffectSummary.json(json)));
    }

    private static String hub(String status) {
        return "{'mcpServers':[{'name':'hub','status':'" + status + "'}]}";
    }

    private McpServer known() {
        return ((McpState.Known) mcp.state().get()).servers().getFirst();
    }

    @Test
    void withoutASessionThereIsNothingToAsk() {
        mcp.watch();
        delay.advance(SECOND);
        assertThat(mcp.state().get()).isEqualTo(new McpState.NoSession());
        assertThat(client.calls()).isEmpty();
        mcp.add(server(), () -> added.add("done"), errors::add);
        assertThat(added).isEmpty();
        assertThat(errors).containsExactly("Open a session first.");
    }

    private static NewMcpServer server() {
        return new NewMcpServer("notes", "npx notes", "", NewMcpServer.Scope.LOCAL);
    }

    @Test
    void aServerThatConnectsIsAskedForAgainUntilThePanelCloses() {
        open("s");
        reply(hub("pending"));
        mcp.watch();
        assertThat(mcp.state().get()).isEqualTo(new McpState.Asking());
        delay.advance(Duration.ZERO);
        assertThat(known().state()).isEqualTo(McpServer.State.PENDING);
        for (int i = 0; i < 2; i++) {
            delay.advance(SECOND);
            delay.advance(Duration.ZERO);
        }
        assertThat(client.calls()).hasSize(3).containsOnly("control s mcp_status");
        mcp.stopWatching();
        delay.advance(SECOND.multipliedBy(10));
        assertThat(client.calls()).hasSize(3);
    }

    @Test
    void aServerThatIsConnectedIsNotAskedForAgain() {
        open("s");
        reply(hub("connected"));
        mcp.watch();
        delay.advance(SECOND.multipliedBy(10));
        assertThat(client.calls()).containsExactly("control s mcp_status");
    }

    @Test
    void withoutAnAgentItSaysSoAndCanStartOne() {
        open("s");
        fail("no_agent", "No agent is running.");
        mcp.watch();
        delay.advance(Duration.ZERO);
        assertThat(mcp.state().get()).isEqualTo(new McpState.NoAgent());
        mcp.startAgent();
        delay.advance(Duration.ZERO);
        assertThat(client.calls()).contains("control s initialize");
    }

    @Test
    void anotherFailureIsShownInItsOwnWords() {
        open("s");
        fail("unsupported", "This server cannot tell.");
        mcp.watch();
        delay.advance(Duration.ZERO);
        assertThat(mcp.state().get()).isEqualTo(new McpState.Unknown("This server cannot tell."));
    }

    @Test
    void aReplyForASessionThatIsNoLongerOpenIsDropped() {
        CompletableFuture<ObjectNode> late = new CompletableFuture<>();
        client.setControlReply(late);
        open("s");
        mcp.watch();
        open("t");
        late.complete((ObjectNode) EffectSummary.json(hub("connected")));
        delay.advance(Duration.ZERO);
        assertThat(mcp.state().get()).isEqualTo(new McpState.Asking());
        reply(hub("failed"));
        mcp.load();
        delay.advance(Duration.ZERO);
        assertThat(known().state()).isEqualTo(McpServer.State.FAILED);
    }

    @Test
    void whatFailsIsSaidAndTheServersAreAskedForAgain() {
        open("s");
        reply(hub("connected"));
        mcp.watch();
        delay.advance(Duration.ZERO);
        McpServer hub = known();
        fail("error", "No such server.");
        mcp.reconnect(hub);
        mcp.setEnabled(hub, true);
        mcp.setEnabled(hub, false);
        delay.advance(Duration.ZERO);
        assertThat(errors)
                .containsExactly(
                        "hub was not connected: No such server.",
                        "hub was not turned on: No such server.",
                        "hub was not turned off: No such server.");
        assertThat(client.calls())
                .contains("control s mcp_reconnect", "control s mcp_toggle")
                .last()
                .isEqualTo("control s mcp_status");
    }

    @Test
    void anAddedServerIsAnnouncedAndARefusedOneIsExplained() {
        open("s");
        mcp.add(server(), () -> added.add("done"), errors::add);
        delay.advance(Duration.ZERO);
        assertThat(added).containsExactly("s notes", "done");
        assertThat(infos).singleElement().asString().startsWith("notes was added.");
        adding = CompletableFuture.failedFuture(new ClientException("error", "It exists."));
        mcp.add(server(), () -> added.add("done"), errors::add);
        delay.advance(Duration.ZERO);
        assertThat(added).containsExactly("s notes", "done", "s notes");
        assertThat(errors).containsExactly("It exists.");
    }
}
